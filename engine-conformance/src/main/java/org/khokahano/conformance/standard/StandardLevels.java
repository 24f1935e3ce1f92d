package org.khokahano.conformance.standard;

import org.jspecify.annotations.Nullable;
import org.khokahano.validation.Severity;

/**
 * How grave it is to break HL7's rules; null switches the rules off.
 *
 * @param structure segments, groups and required fields
 * @param dataTypes numbers, dates and times
 * @param lengths greatest lengths, which are binding before 2.7 only
 * @param tables codes of HL7's tables
 */
public record StandardLevels(
        @Nullable Severity structure,
        @Nullable Severity dataTypes,
        @Nullable Severity lengths,
        @Nullable Severity tables) {}
