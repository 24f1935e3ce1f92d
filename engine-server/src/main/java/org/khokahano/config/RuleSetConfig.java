package org.khokahano.config;

import java.util.List;
import java.util.Map;
import org.khokahano.config.value.RuleLevel;

/**
 * Rules that messages are validated by.
 *
 * @param structure segments, groups and required fields
 * @param dataTypes numbers, dates and times
 * @param lengths greatest lengths
 * @param tables codes of HL7's tables and of the site's
 * @param siteTables code tables by the number of HL7's table that they take the place of
 * @param profiles the files of profiles, in the order in which they are taken
 */
public record RuleSetConfig(
        RuleLevel structure,
        RuleLevel dataTypes,
        RuleLevel lengths,
        RuleLevel tables,
        Map<String, String> siteTables,
        List<String> profiles,
        RuleLimits limits) {

    /**
     * What validating one message may cost.
     *
     * @param findings how many are kept
     * @param steps how many places are looked at
     */
    public record RuleLimits(int findings, int steps) {}
}
