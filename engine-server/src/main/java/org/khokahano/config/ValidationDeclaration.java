package org.khokahano.config;

import java.util.List;
import java.util.regex.Pattern;
import org.khokahano.config.RuleSetConfig.RuleLimits;
import org.khokahano.config.read.ChoiceType;
import org.khokahano.config.read.NamedType;
import org.khokahano.config.read.Section;
import org.khokahano.config.read.Types;
import org.khokahano.config.value.RuleLevel;

/** What can be said of validation. */
final class ValidationDeclaration {
    private static final Section<RuleLimits> LIMITS = Section.of("limits", section -> {
        var findings = section.field(
                "findings", Types.integer(1, 1_000), "100", "How many findings are kept of one message; the gravest.");
        var steps = section.field(
                "steps",
                Types.integer(1_000, 10_000_000),
                "1000000",
                "How many places are looked at in one message; that there are more is an error.");
        return values -> new RuleLimits(findings.in(values), steps.in(values));
    });

    static final Section<RuleSetConfig> RULE_SET = Section.of("a rule set", section -> {
        ChoiceType<RuleLevel> level = Types.choice(RuleLevel.class);
        var structure = section.field(
                "structure",
                level,
                "error",
                "How grave a segment or group is that is missing or stands in the wrong place, and a required field"
                        + " that is empty. What HL7 does not expect is never more than information (R55).");
        var dataTypes = section.field(
                "dataTypes", level, "error", "How grave a value is that is no number, date or time where one belongs.");
        var lengths = section.field(
                "lengths", level, "warning", "How grave a value is that is longer than HL7 says, before 2.7.");
        var tables = section.field("tables", level, "warning", "How grave a code is that is not in its table.");
        var siteTables = section.field(
                "siteTables",
                new NamedType<>(
                        "table of HL7",
                        Pattern.compile("[0-9]{4}"),
                        "write the number of HL7's table with four digits: \"0010\"",
                        Types.reference("tables", "code table")),
                "{}",
                "The site's own tables, by the number of HL7's table that they take the place of.");
        var profiles = section.field(
                "profiles",
                Types.list(Types.text(), "files"),
                "[]",
                "The files of profiles, relative to the configuration's directory, in the order in which they count.");
        var limits = section.field("limits", LIMITS, "{}", "What validating one message may cost.");
        return values -> new RuleSetConfig(
                structure.in(values),
                dataTypes.in(values),
                lengths.in(values),
                tables.in(values),
                siteTables.in(values),
                profiles.in(values),
                limits.in(values));
    });

    /** At a listener: the sender still waits, and can be told. */
    static final Section<ValidateConfig> AT_LISTENER = Section.of("validate", section -> {
        ChoiceType<OnFinding> action = Types.choice(OnFinding.class);
        var with = section.required("with", Types.reference("validation", "rule set"), "The rule set.");
        var onError = section.field("onError", action, "reject", "What is done about a message with errors.");
        var onWarning = section.field("onWarning", action, "warn", "What is done about one with warnings.");
        var onInformation = section.field(
                "onInformation", action, "ignore", "What is done about one with nothing but information.");
        return values ->
                new ValidateConfig(with.in(values), onError.in(values), onWarning.in(values), onInformation.in(values));
    });

    /** At a route: the message is taken for other routes too, so that it cannot be refused. */
    static final Section<ValidateConfig> AT_ROUTE = Section.of("validate", section -> {
        ChoiceType<OnFinding> action = Types.choice(OnFinding.class);
        var with = section.required("with", Types.reference("validation", "rule set"), "The rule set.");
        var onError = section.field("onError", action, "hold", "What is done about a message with errors.");
        var onWarning = section.field("onWarning", action, "warn", "What is done about one with warnings.");
        var onInformation = section.field(
                "onInformation", action, "ignore", "What is done about one with nothing but information.");
        section.rule(values -> {
            for (var field : List.of(onError, onWarning, onInformation)) {
                if (field.in(values) == OnFinding.REJECT) {
                    values.error(
                            field,
                            "a route cannot reject what other routes may take",
                            "write 'hold', or validate at the listener");
                }
            }
        });
        return values ->
                new ValidateConfig(with.in(values), onError.in(values), onWarning.in(values), onInformation.in(values));
    });

    private ValidationDeclaration() {}
}
