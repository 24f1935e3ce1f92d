package org.khokahano.config.profile;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.khokahano.config.profile.ProfileConfig.ElementConfig;
import org.khokahano.config.profile.ProfileConfig.ElementValueConfig;
import org.khokahano.config.profile.ProfileConfig.SliceConfig;
import org.khokahano.config.profile.ProfileConfig.UsageConfig;
import org.khokahano.config.read.Field;
import org.khokahano.config.read.OneOrMoreType;
import org.khokahano.config.read.Placed;
import org.khokahano.config.read.PlacedType;
import org.khokahano.config.read.Section;
import org.khokahano.config.read.Types;
import org.khokahano.config.read.Values;
import org.khokahano.config.value.RuleLevel;
import org.khokahano.conformance.profile.Bounds;

/** What can be said of fields, components and subcomponents. */
final class ElementDeclaration {
    private static final Section<ElementConfig> SUBCOMPONENT = Section.of("a subcomponent", section -> {
        var keys = new ElementKeys(section);
        return values -> keys.element(values, Optional.empty(), Map.of(), List.of());
    });

    private static final Section<ElementConfig> COMPONENT = Section.of("a component", section -> {
        var keys = new ElementKeys(section);
        var parts = section.field(
                "subcomponents",
                ProfileTypes.numbered("subcomponent", SUBCOMPONENT),
                "{}",
                "Its subcomponents by their numbers.");
        section.instead("cardinality", "components do not repeat; write 'usage'");
        return values -> keys.element(values, Optional.empty(), parts.in(values), List.of());
    });

    private static final Section<SliceConfig> SLICE = Section.of("a slice", section -> {
        var name = section.required("name", ProfileTypes.TEXT, "The slice in findings.");
        var where = section.optional(
                "where",
                ProfileTypes.TEXT,
                "Which repetitions belong to it, in CEL; a path of the field is of this one.");
        var repetition = section.optional("repetition", Types.integer(1, 999), "The one that belongs to it, from 1.");
        section.rule(values -> {
            if (values.isWritten(where) == values.isWritten(repetition)) {
                values.error(
                        name,
                        "a slice says which repetitions belong to it in one way",
                        "write either 'where' with a condition in CEL, or 'repetition' with a number");
            }
        });
        var cardinality = section.optional("cardinality", ProfileTypes.CARDINALITY, "How many of them there are.");
        var value = new ValueKeys(section);
        var components = section.field(
                "components",
                ProfileTypes.numbered("component", COMPONENT),
                "{}",
                "Their components by their numbers.");
        var severity = section.optional("severity", Types.choice(RuleLevel.class), ProfileDeclaration.SEVERITY);
        return values -> new SliceConfig(
                name.in(values),
                where.in(values),
                repetition.in(values),
                cardinality.in(values),
                value.in(values),
                components.in(values),
                severity.in(values));
    });

    static final Section<ElementConfig> FIELD = Section.of("a field", section -> {
        var keys = new ElementKeys(section);
        var cardinality = section.optional("cardinality", ProfileTypes.CARDINALITY, "How many repetitions it has.");
        var parts = section.field(
                "components", ProfileTypes.numbered("component", COMPONENT), "{}", "Its components by their numbers.");
        var slices = section.field("slices", Types.list(SLICE, "slices"), "[]", "Rules for some of its repetitions.");
        return values -> keys.element(values, cardinality.in(values), parts.in(values), slices.in(values));
    });

    private ElementDeclaration() {}

    /** The keys that fields, components and subcomponents have in common. */
    private static final class ElementKeys {
        private final Field<Optional<String>> name;
        private final Field<Optional<Placed<UsageConfig>>> usage;
        private final Field<Optional<Placed<String>>> when;
        private final ValueKeys value;
        private final Field<Optional<RuleLevel>> severity;

        ElementKeys(Section.Declaration section) {
            name = section.optional("name", Types.text(), "What it is called, for people.");
            usage = section.optional("usage", ProfileTypes.USAGE, "Whether it holds something.");
            when = section.optional("when", ProfileTypes.TEXT, ProfileDeclaration.WHEN);
            value = new ValueKeys(section);
            severity = section.optional("severity", Types.choice(RuleLevel.class), ProfileDeclaration.SEVERITY);
            ProfileDeclaration.condition(section, usage, when);
        }

        ElementConfig element(
                Values values,
                Optional<Placed<Bounds>> cardinality,
                Map<String, Placed<ElementConfig>> parts,
                List<SliceConfig> slices) {
            return new ElementConfig(
                    name.in(values),
                    usage.in(values),
                    when.in(values),
                    cardinality,
                    value.in(values),
                    parts,
                    slices,
                    severity.in(values));
        }
    }

    /** The keys of a value. */
    private static final class ValueKeys {
        private final Field<Optional<Placed<Bounds>>> length;
        private final Field<Optional<Placed<String>>> pattern;
        private final Field<List<Placed<String>>> constant;
        private final Field<Optional<Placed<String>>> table;
        private final Field<Optional<Strength>> strength;
        private final Field<Optional<Placed<String>>> type;

        ValueKeys(Section.Declaration section) {
            length = section.optional("length", ProfileTypes.LENGTH, "How many characters it has.");
            pattern = section.optional("pattern", ProfileTypes.TEXT, "A regular expression for the whole value (RE2).");
            constant = section.field(
                    "constant",
                    new OneOrMoreType<>(ProfileTypes.TEXT, "constants"),
                    "[]",
                    "The value, or a list of those that it may be.");
            table = section.optional(
                    "table", ProfileTypes.TEXT, "Its codes: a value set, a code table or the number of HL7's table.");
            strength = section.optional("strength", Types.choice(Strength.class), "How binding the table is.");
            type = section.optional(
                    "type",
                    new PlacedType<>(
                            Types.written("a data type", "write it as HL7 does: CX", "[A-Z][A-Za-z0-9_]{1,20}")),
                    "The data type, where it is not HL7's.");
            section.rule(values -> {
                if (values.isWritten(strength) && !values.isWritten(table)) {
                    values.error(strength, "'strength' says how binding a table is", "write 'table', or remove it");
                }
            });
        }

        ElementValueConfig in(Values values) {
            return new ElementValueConfig(
                    length.in(values),
                    pattern.in(values),
                    constant.in(values),
                    table.in(values),
                    strength.in(values),
                    type.in(values));
        }
    }
}
