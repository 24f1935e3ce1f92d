package org.khokahano.config;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.khokahano.config.problem.Problems;
import org.khokahano.config.problem.Suggestion;
import org.khokahano.config.profile.ProfileConfig.ElementValueConfig;
import org.khokahano.config.read.Placed;
import org.khokahano.conformance.profile.Bounds;
import org.khokahano.conformance.standard.Hl7Tables;
import org.khokahano.message.definition.Hl7Definitions;

/** What a profile says of values: patterns, tables, constants that could never be. */
final class ProfileValueChecks {
    /** As large as those of expressions: what matching costs grows with it. */
    private static final int MOST_REGEX_PROGRAM = 1_000;

    private final Set<String> valueSets;
    private final Set<String> tables;
    private final Hl7Tables shipped;
    private final Hl7Definitions definitions;
    private final Problems problems;

    ProfileValueChecks(
            Set<String> valueSets,
            Set<String> tables,
            Hl7Tables shipped,
            Hl7Definitions definitions,
            Problems problems) {
        this.valueSets = valueSets;
        this.tables = tables;
        this.shipped = shipped;
        this.definitions = definitions;
        this.problems = problems;
    }

    void check(ElementValueConfig value) {
        value.pattern().ifPresent(pattern -> pattern(pattern, value));
        value.table().ifPresent(this::table);
        value.type().ifPresent(this::type);
        Optional<Bounds> length = value.length().map(Placed::value);
        for (Placed<String> constant : value.constant()) {
            int characters = constant.value().codePointCount(0, constant.value().length());
            if (length.isPresent()
                    && (characters < length.get().least()
                            || characters > length.get().most())) {
                problems.error(
                        constant.place(),
                        "the constant has " + characters + " characters, which 'length' does not let in",
                        "change one of them");
            }
        }
    }

    private void pattern(Placed<String> written, ElementValueConfig value) {
        try {
            Pattern pattern = Pattern.compile(written.value());
            if (pattern.programSize() > MOST_REGEX_PROGRAM) {
                problems.error(written.place(), "the regular expression is too large", "write smaller repetitions");
                return;
            }
            for (Placed<String> constant : value.constant()) {
                if (!pattern.matches(constant.value())) {
                    problems.error(
                            constant.place(), "the constant does not have the form of 'pattern'", "change one of them");
                }
            }
        } catch (PatternSyntaxException wrong) {
            problems.error(written.place(), "not a regular expression: " + wrong.getDescription(), "the syntax is RE2");
        }
    }

    private void table(Placed<String> written) {
        String name = written.value();
        if (valueSets.contains(name) || tables.contains(name)) {
            return;
        }
        if (name.matches("[0-9]{4}")) {
            if (shipped.table(Integer.parseInt(name)) == null) {
                problems.warning(
                        written.place(),
                        "HL7's table " + name + " is not shipped, so that no code is checked by it",
                        "write its codes under 'valueSets'");
            }
            return;
        }
        if (name.matches("[0-9]{1,3}")) {
            problems.error(
                    written.place(),
                    "'" + name + "' is no table",
                    "write HL7's number with four digits in quotes: \"" + "0".repeat(4 - name.length()) + name + "\"");
            return;
        }
        Set<String> known = new LinkedHashSet<>(valueSets);
        known.addAll(tables);
        problems.error(
                written.place(),
                "there is neither a value set nor a code table '" + name + "'",
                known.isEmpty() ? "write it under 'valueSets'" : Suggestion.hint(name, known, "value sets and tables"));
    }

    private void type(Placed<String> written) {
        boolean known = Hl7Definitions.versions().stream()
                .anyMatch(version ->
                        definitions.dataType(written.value(), version).isPresent());
        if (!known) {
            problems.error(
                    written.place(),
                    "no version of HL7 has a data type " + written.value(),
                    "write it as HL7 does: CX, XPN, NM");
        }
    }
}
