package org.khokahano.config.profile;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.khokahano.config.profile.ProfileConfig.CountConfig;
import org.khokahano.config.profile.ProfileConfig.ExtraConfig;
import org.khokahano.config.profile.ProfileConfig.ForConfig;
import org.khokahano.config.profile.ProfileConfig.GroupConfig;
import org.khokahano.config.profile.ProfileConfig.RuleConfig;
import org.khokahano.config.profile.ProfileConfig.SegmentConfig;
import org.khokahano.config.profile.ProfileConfig.SegmentSliceConfig;
import org.khokahano.config.profile.ProfileConfig.SeverityConfig;
import org.khokahano.config.profile.ProfileConfig.UsageConfig;
import org.khokahano.config.profile.ProfileConfig.ValueSetConfig;
import org.khokahano.config.read.ChoiceType;
import org.khokahano.config.read.CodesType;
import org.khokahano.config.read.Field;
import org.khokahano.config.read.KeyedType;
import org.khokahano.config.read.LaterType;
import org.khokahano.config.read.NamedType;
import org.khokahano.config.read.Placed;
import org.khokahano.config.read.PlacedType;
import org.khokahano.config.read.Section;
import org.khokahano.config.read.Type;
import org.khokahano.config.read.Types;
import org.khokahano.config.read.Values;
import org.khokahano.config.value.RuleLevel;
import org.khokahano.conformance.profile.Bounds;

/** All that can be said in the file of a profile but of fields and what is in them. */
public final class ProfileDeclaration {
    static final String WHEN = "The condition of a usage C(a/b), in CEL.";
    static final String SEVERITY = "How grave it is to break the rules that are written here.";

    private static final Section<ForConfig> FOR = Section.of("for", section -> {
        var types = section.field(
                "types",
                Types.list(ProfileTypes.MESSAGE_TYPE, "message types"),
                "[]",
                "MSH-9 as code, event and structure; those of the profiles that it extends if missing.");
        var version = section.field("version", ProfileTypes.VERSIONS, "[]", "MSH-12; every version if missing.");
        var profileId = section.optional("profileId", Types.text(), "What the first component of an MSH-21 is.");
        section.instead("versions", "did you mean 'version'?");
        section.instead("type", "did you mean 'types'?");
        return values -> new ForConfig(types.in(values), version.in(values), profileId.in(values));
    });

    private static final Section<ValueSetConfig> VALUE_SET = Section.of("a value set", section -> {
        var codes = section.required("codes", CodesType.CODES, "Its codes: a list, or a mapping to their meanings.");
        var strength = section.optional(
                "strength", Types.choice(Strength.class), "How binding it is where no place says otherwise.");
        return values -> new ValueSetConfig(codes.in(values), strength.in(values));
    });

    private static final Section<SegmentSliceConfig> SEGMENT_SLICE = Section.of("a slice of segments", section -> {
        var name = section.required("name", ProfileTypes.TEXT, "The slice, for people.");
        var where = section.required(
                "where",
                ProfileTypes.TEXT,
                "Which segments belong to it, in CEL; a path of the segment is of this one.");
        var fields = section.field(
                "fields",
                ProfileTypes.numbered("field", ElementDeclaration.FIELD),
                "{}",
                "Their fields by their numbers.");
        section.instead("cardinality", "write a rule with 'count' and 'matching'");
        section.instead("repetition", "segments are told apart by 'where'");
        return values -> new SegmentSliceConfig(name.in(values), where.in(values), fields.in(values));
    });

    private static final Section<SegmentConfig> SEGMENT = Section.of("a segment", section -> {
        var segment = new SegmentKeys(section);
        return segment::in;
    });

    private static final Section<ExtraConfig> EXTRA = Section.of("an extra segment", section -> {
        var after = section.optional(
                "after", ProfileTypes.SEGMENT_NAME, "The segment behind which it stands; anywhere if missing.");
        var segment = new SegmentKeys(section);
        return values -> new ExtraConfig(after.in(values), segment.in(values));
    });

    private static final Section<GroupConfig> GROUP = Section.of("a group", section -> {
        var usage = section.optional("usage", ProfileTypes.USAGE, "Whether it is there.");
        var when = section.optional("when", ProfileTypes.TEXT, WHEN);
        var cardinality = section.optional("cardinality", ProfileTypes.CARDINALITY, "How often it is there.");
        var groups = section.field(
                "groups",
                ProfileTypes.groups(new LaterType<>("a mapping with the keys of a group", ProfileDeclaration::group)),
                "{}",
                "Groups in it.");
        var segments = section.field("segments", ProfileTypes.segments(SEGMENT), "{}", "Segments in it.");
        var severity = section.optional("severity", Types.choice(RuleLevel.class), SEVERITY);
        condition(section, usage, when);
        return values -> new GroupConfig(
                usage.in(values),
                when.in(values),
                cardinality.in(values),
                groups.in(values),
                segments.in(values),
                severity.in(values));
    });

    private static final Section<RuleConfig> RULE = Section.of("a rule", section -> {
        var id = section.required(
                "id",
                new PlacedType<>(
                        Types.written("an id", "letters, digits, '-', '_' and '.'", "[A-Za-z0-9][\\w.-]{0,63}")),
                "The rule in findings and in ERR-5.");
        var when = section.optional("when", ProfileTypes.TEXT, "The messages that it counts for, in CEL.");
        var each = section.optional(
                "each",
                ProfileTypes.TEXT,
                "A segment, a field that repeats or a group, for each of which it is asked.");
        var where = section.optional("where", ProfileTypes.TEXT, "For which of those, in CEL.");
        var require = section.optional("require", ProfileTypes.TEXT, "What must be true, in CEL.");
        var count = section.optional("count", ProfileTypes.SEGMENT_NAME, "Segments that are counted.");
        var matching = section.optional("matching", ProfileTypes.TEXT, "Which of them, in CEL.");
        var cardinality = section.optional("cardinality", ProfileTypes.CARDINALITY, "How many of them there are.");
        var at = section.optional("at", ProfileTypes.PATH, "The place that findings name.");
        var text = section.optional("text", Types.text(), "What has to be, in a sentence.");
        var severity = section.optional("severity", Types.choice(RuleLevel.class), "How grave it is to break it.");
        section.rule(values -> {
            boolean refines = values.isWritten(severity) || values.isWritten(at) || values.isWritten(text);
            boolean chooses = values.isWritten(when) || values.isWritten(each) || values.isWritten(where);
            boolean counts = values.isWritten(count);
            if (!values.isWritten(require) && !counts && (!refines || chooses)) {
                values.error(
                        id,
                        "the rule does not say what must be true",
                        "write 'require' with a condition in CEL, or 'count' with a segment"
                                + (refines
                                        ? "; a rule of an earlier profile takes 'severity', 'at' and 'text' alone"
                                        : ""));
            }
            if (values.isWritten(require) && counts) {
                values.error(count, "a rule has either 'require' or 'count'", "write two rules");
            }
            if (counts != values.isWritten(cardinality)) {
                values.error(
                        counts ? count : cardinality,
                        "'count' and 'cardinality' go together",
                        "write which segments are counted and how many there are: count: OBX, cardinality: \"1..1\"");
            }
            if (values.isWritten(matching) && !counts) {
                values.error(matching, "'matching' chooses among what 'count' names", "write 'count' with a segment");
            }
            if (values.isWritten(where) && !values.isWritten(each)) {
                values.error(where, "'where' chooses among what 'each' names", "write 'when' for the whole message");
            }
        });
        section.instead("name", "did you mean 'id'?");
        section.instead("rule", "did you mean 'require'?");
        return values -> new RuleConfig(
                id.in(values),
                when.in(values),
                each.in(values),
                where.in(values),
                require.in(values),
                count.in(values).map(segment -> new CountConfig(segment, matching.in(values), cardinality.in(values))),
                at.in(values),
                text.in(values),
                severity.in(values));
    });

    private static final Section<SeverityConfig> SEVERITIES = Section.of("severity", section -> {
        ChoiceType<RuleLevel> level = Types.choice(RuleLevel.class);
        var usage = section.field("usage", level, "error", "What is missing, or must not be there.");
        var cardinality = section.field("cardinality", level, "error", "Too many or too few.");
        var length = section.field("length", level, "warning", "Too long or too short.");
        var pattern = section.field("pattern", level, "error", "Not of the form.");
        var constant = section.field("constant", level, "error", "Not the constant.");
        var binding = section.field("binding", level, "error", "A code that is not in a required table.");
        var dataType = section.field("dataType", level, "error", "Not of the data type.");
        var slice = section.field("slice", level, "error", "Too many or too few of a slice.");
        var rules = section.field("rules", level, "error", "What must hold between fields.");
        return values -> new SeverityConfig(
                usage.in(values),
                cardinality.in(values),
                length.in(values),
                pattern.in(values),
                constant.in(values),
                binding.in(values),
                dataType.in(values),
                slice.in(values),
                rules.in(values));
    });

    /** The file of a profile. */
    public static final Section<ProfileConfig> PROFILE = Section.of("a profile", section -> {
        var profile = section.required(
                "profile", new PlacedType<>(Types.name()), "The profile's name: the layer of its findings.");
        var text = section.optional("text", Types.text(), "What it is, for people.");
        var parents = section.field(
                "extends",
                Types.list(ProfileTypes.TEXT, "files"),
                "[]",
                "The files of the profiles that it refines, relative to this one.");
        var messages = section.optional("for", FOR, "Which messages it is about.");
        var valueSets = section.field(
                "valueSets",
                new KeyedType<>(new NamedType<>(
                        "value set",
                        Pattern.compile("[A-Za-z][\\w.-]{0,63}"),
                        "a name has letters, digits, '-', '_' and '.', and begins with a letter",
                        VALUE_SET)),
                "{}",
                "Sets of codes of its own.");
        var segments =
                section.field("segments", ProfileTypes.segments(SEGMENT), "{}", "Rules for every place of a segment.");
        var groups = section.field("groups", ProfileTypes.groups(GROUP), "{}", "Rules for groups, and within them.");
        var extra = section.field(
                "extraSegments", ProfileTypes.segments(EXTRA), "{}", "Segments that HL7's structure does not have.");
        var rules = section.field("rules", Types.list(RULE, "rules"), "[]", "What must hold between fields.");
        var severity = section.field("severity", SEVERITIES, "{}", "How grave it is to break its rules.");
        section.instead("name", "did you mean 'profile'?");
        section.instead("types", "it belongs under 'for'");
        section.instead("version", "it belongs under 'for'");
        return values -> new ProfileConfig(
                profile.in(values),
                text.in(values),
                parents.in(values),
                messages.in(values),
                valueSets.in(values),
                segments.in(values),
                groups.in(values),
                extra.in(values),
                rules.in(values),
                severity.in(values));
    });

    private ProfileDeclaration() {}

    private static Type<GroupConfig> group() {
        return GROUP;
    }

    /** A condition goes with a conditional usage, and with no other. */
    static void condition(
            Section.Declaration section,
            Field<Optional<Placed<UsageConfig>>> usage,
            Field<Optional<Placed<String>>> when) {
        section.rule(values -> {
            boolean conditional = usage.in(values)
                    .filter(written -> written.value().conditional())
                    .isPresent();
            if (conditional && !values.isWritten(when)) {
                values.error(usage, "a conditional usage needs a condition", "write 'when' with a condition in CEL");
            } else if (!conditional && values.isWritten(when)) {
                values.error(when, "'when' goes with a conditional usage", "write usage: \"C(R/O)\", or remove 'when'");
            }
        });
    }

    /** The keys of a segment. */
    private static final class SegmentKeys {
        private final Field<Optional<Placed<UsageConfig>>> usage;
        private final Field<Optional<Placed<String>>> when;
        private final Field<Optional<Placed<Bounds>>> cardinality;
        private final Field<Map<String, Placed<ProfileConfig.ElementConfig>>> fields;
        private final Field<List<SegmentSliceConfig>> slices;
        private final Field<Optional<RuleLevel>> severity;

        SegmentKeys(Section.Declaration section) {
            usage = section.optional("usage", ProfileTypes.USAGE, "Whether it is there.");
            when = section.optional("when", ProfileTypes.TEXT, WHEN);
            cardinality = section.optional("cardinality", ProfileTypes.CARDINALITY, "How often it is there.");
            fields = section.field(
                    "fields",
                    ProfileTypes.numbered("field", ElementDeclaration.FIELD),
                    "{}",
                    "Its fields by their numbers.");
            slices = section.field(
                    "slices", Types.list(SEGMENT_SLICE, "slices"), "[]", "Rules for some segments of the name.");
            severity = section.optional("severity", Types.choice(RuleLevel.class), SEVERITY);
            condition(section, usage, when);
        }

        SegmentConfig in(Values values) {
            return new SegmentConfig(
                    usage.in(values),
                    when.in(values),
                    cardinality.in(values),
                    fields.in(values),
                    slices.in(values),
                    severity.in(values));
        }
    }
}
