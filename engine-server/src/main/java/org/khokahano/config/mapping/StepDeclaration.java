package org.khokahano.config.mapping;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.khokahano.config.mapping.StepConfig.AddConfig;
import org.khokahano.config.mapping.StepConfig.CallConfig;
import org.khokahano.config.mapping.StepConfig.ConvertConfig;
import org.khokahano.config.mapping.StepConfig.CopyConfig;
import org.khokahano.config.mapping.StepConfig.EachConfig;
import org.khokahano.config.mapping.StepConfig.EndConfig;
import org.khokahano.config.mapping.StepConfig.MoveConfig;
import org.khokahano.config.mapping.StepConfig.RemoveConfig;
import org.khokahano.config.mapping.StepConfig.RunConfig;
import org.khokahano.config.mapping.StepConfig.SetConfig;
import org.khokahano.config.mapping.StepConfig.SplitConfig;
import org.khokahano.config.mapping.StepConfig.SplitControlId;
import org.khokahano.config.mapping.StepConfig.TranslateAs;
import org.khokahano.config.mapping.StepConfig.TranslateConfig;
import org.khokahano.config.mapping.StepConfig.UnmappedConfig;
import org.khokahano.config.mapping.StepConfig.UnmappedPolicy;
import org.khokahano.config.mapping.StepConfig.ValueConfig;
import org.khokahano.config.mapping.StepConfig.WhenConfig;
import org.khokahano.config.read.EitherType;
import org.khokahano.config.read.Field;
import org.khokahano.config.read.NamedType;
import org.khokahano.config.read.OneOrMoreType;
import org.khokahano.config.read.Placed;
import org.khokahano.config.read.PlacedType;
import org.khokahano.config.read.Section;
import org.khokahano.config.read.Type;
import org.khokahano.config.read.Types;
import org.khokahano.config.read.Values;
import org.khokahano.config.read.VariantType;

/** The steps, each declared once. */
public final class StepDeclaration {
    private static final Type<Placed<String>> TEXT = new PlacedType<>(Types.text());
    private static final Type<Placed<String>> ANY_TEXT = new PlacedType<>(Types.written("a text", "", ".*"));
    private static final Type<Placed<String>> PATH = new PlacedType<>(
            Types.written("a path of a message", "write segment, field and component: PID-3.1", "\\S+"));

    /** A step, recognised by its first key. */
    public static final Type<StepConfig> STEP = new VariantType<>("step", StepDeclaration::variants);

    private static final Type<List<StepConfig>> STEPS = Types.list(STEP, "steps");

    private static final Section<SetConfig> SET = Section.of("set", section -> {
        var set = section.required("set", PATH, "The place that is written.");
        var value = value(section);
        return values -> new SetConfig(set.in(values), value.apply(values));
    });

    private static final Section<CopyConfig> COPY = Section.of("copy", section -> {
        var copy = section.required("copy", PATH, "The place that is copied as it stands, or a segment to add.");
        var to = section.optional("to", PATH, "Where it is copied to; missing for a segment.");
        return values -> new CopyConfig(copy.in(values), to.in(values));
    });

    private static final Section<MoveConfig> MOVE = Section.of("move", section -> {
        var move = section.required("move", PATH, "The place that is copied, then emptied.");
        var to = section.required("to", PATH, "Where it goes.");
        return values -> new MoveConfig(move.in(values), to.in(values));
    });

    private static final Section<RemoveConfig> REMOVE = Section.of("remove", section -> {
        var remove = section.required("remove", PATH, "Segments, a repetition, a field or a component.");
        return values -> new RemoveConfig(remove.in(values));
    });

    private static final Section<WhenConfig> WHEN = Section.of("when", section -> {
        var when = section.required("when", TEXT, "A condition in CEL.");
        var steps = section.required("do", STEPS, "The steps where it is fulfilled.");
        var otherwise = section.field("else", STEPS, "[]", "The steps where it is not.");
        section.instead("then", "did you mean 'do'?");
        return values -> new WhenConfig(when.in(values), steps.in(values), otherwise.in(values));
    });

    private static final Section<EachConfig> EACH = Section.of("each", section -> {
        var each = section.required("each", TEXT, "A segment, a field that repeats, or a group of the standard.");
        var steps = section.required("do", STEPS, "The steps for each of them.");
        return values -> new EachConfig(each.in(values), steps.in(values));
    });

    private static final Section<CallConfig> CALL = Section.of("call", section -> {
        var call = section.required("call", TEXT, "Another mapping file, whose steps are taken.");
        return values -> new CallConfig(call.in(values));
    });

    private static final Section<SplitConfig> SPLIT = Section.of("split", section -> {
        var split = section.required("split", TEXT, "A segment or a group: one message for each.");
        var controlId = section.optional(
                "controlId",
                TEXT,
                "suffix: MSH-10 gets -1, -2, ... after it; same: it stays; else an expression in CEL of each message.");
        return values -> splitBy(split.in(values), controlId.in(values));
    });

    private static final Section<ValueConfig> VALUE = Section.of("a field's value", section -> {
        var value = value(section);
        return value::apply;
    });

    private static final Type<ValueConfig> FIELD_VALUE =
            new EitherType<>(Types.written("a text", "", ".*").map(ValueConfig::constant), VALUE);

    private static final Section<AddConfig> ADD = Section.of("add", section -> {
        var add = section.required("add", TEXT, "The segment that is added.");
        var after = section.optional("after", PATH, "The segment behind which it goes; the last one if it is missing.");
        var fields = section.field(
                "fields",
                new NamedType<>(
                        "field", Pattern.compile("[1-9][0-9]{0,2}"), "a field has a number from 1", FIELD_VALUE),
                "{}",
                "Its fields by their numbers.");
        return values -> new AddConfig(add.in(values), after.in(values), fields.in(values));
    });

    private static final Section<EndConfig> DROP = Section.of("drop", section -> {
        var drop = section.required("drop", new PlacedType<>(Types.written("true", "", "true")), "Nothing goes out.");
        var reason = section.required("reason", Types.text(), "Why, for whoever looks for the message.");
        return values -> new EndConfig(drop.in(values), "drop", reason.in(values));
    });

    private static final Section<EndConfig> FAIL = end("fail", "Why it cannot be mapped.");
    private static final Section<EndConfig> HOLD = end("hold", "Why it waits for somebody.");

    private static final Section<ConvertConfig> CONVERT = Section.of("convert", section -> {
        Section<Placed<String>> target = Section.of("convert", inner -> {
            var to = inner.required(
                    "to",
                    new PlacedType<>(Types.written("2.3 or 2.5.1", "no other versions are made", "2\\.3|2\\.5\\.1")),
                    "The version of HL7 that is made.");
            return to::in;
        });
        var convert = section.required("convert", target, "To which version of HL7.");
        return values -> new ConvertConfig(convert.in(values));
    });

    private static final Section<UnmappedConfig> DEFAULT = Section.of("unmapped", section -> {
        var otherwise = section.required("default", Types.text(), "The code that is written then.");
        return values -> new UnmappedConfig(UnmappedPolicy.DEFAULT, otherwise.in(values));
    });

    private static final Section<TranslateConfig> TRANSLATE = Section.of("translate", section -> {
        var translate = section.required("translate", PATH, "The code, or the field with code, text and system.");
        var table = section.required("table", new PlacedType<>(Types.reference("tables", "table")), "The code table.");
        Type<UnmappedConfig> policy = new EitherType<>(
                Types.written("hold, keep, fail or {default: X}", "", "hold|keep|fail")
                        .map(word -> new UnmappedConfig(
                                UnmappedPolicy.valueOf(word.toUpperCase(java.util.Locale.ROOT)), "")),
                DEFAULT);
        var unmapped = section.field("unmapped", policy, "hold", "What becomes of a code that the table has not.");
        var reverse = section.field("reverse", Types.flag(), "false", "Whether from the target to the code.");
        var as = section.field(
                "as",
                Types.choice(TranslateAs.class),
                "triplet",
                "Whether a field's code, text and system are written, or the code alone.");
        return values -> new TranslateConfig(
                translate.in(values), table.in(values), unmapped.in(values), reverse.in(values), as.in(values));
    });

    private static final Section<RunConfig> RUN = Section.of("run", section -> {
        var run = section.required("run", TEXT, "The name of a step written in Java.");
        var with = section.field(
                "with",
                new NamedType<>("setting", Pattern.compile("[A-Za-z][\\w.-]*"), "letters and digits", Types.text()),
                "{}",
                "Its settings.");
        return values -> new RunConfig(run.in(values), with.in(values));
    });

    private static final Map<String, Section<? extends StepConfig>> VARIANTS = byFirstKey();

    private StepDeclaration() {}

    private static Map<String, Section<? extends StepConfig>> variants() {
        return VARIANTS;
    }

    /** All sections of steps by their first keys. */
    public static Map<String, Section<? extends StepConfig>> byFirstKey() {
        Map<String, Section<? extends StepConfig>> sections = new LinkedHashMap<>();
        Stream.of(SET, COPY, MOVE, REMOVE, TRANSLATE, WHEN, EACH, CALL, SPLIT, ADD, DROP, CONVERT, FAIL, HOLD, RUN)
                .forEach(section -> sections.put(section.name(), section));
        return sections;
    }

    private static SplitConfig splitBy(Placed<String> what, Optional<Placed<String>> controlId) {
        String word = controlId.map(Placed::value).orElse("suffix");
        return switch (word) {
            case "suffix" -> new SplitConfig(what, SplitControlId.SUFFIX, Optional.empty());
            case "same" -> new SplitConfig(what, SplitControlId.SAME, Optional.empty());
            default -> new SplitConfig(what, SplitControlId.EXPRESSION, controlId);
        };
    }

    private static Section<EndConfig> end(String kind, String sentence) {
        return Section.of(kind, section -> {
            var reason = section.required(kind, TEXT, sentence);
            return values ->
                    new EndConfig(reason.in(values), kind, reason.in(values).value());
        });
    }

    /** One of 'to', 'from' and 'value', and 'as' with a 'from' or a 'value'. */
    private static Function<Values, ValueConfig> value(Section.Declaration section) {
        var to = section.optional("to", ANY_TEXT, "A constant; \"\" in quotes twice is HL7's null, '' empties.");
        var from = section.optional("from", PATH, "A place of the message.");
        var value = section.optional("value", TEXT, "An expression in CEL.");
        var as = section.field(
                "as",
                new OneOrMoreType<>(TEXT, "functions"),
                "[]",
                "What the value goes through: upper, lower, trim, date, pad, padRight, substring, replace, extract.");
        section.rule(values -> {
            List<Field<?>> written = Stream.<Field<?>>of(to, from, value)
                    .filter(values::isWritten)
                    .toList();
            if (written.size() != 1) {
                values.error(
                        written.isEmpty() ? to : written.get(1),
                        written.isEmpty()
                                ? "one of 'to', 'from' and 'value' is needed"
                                : "only one of 'to', 'from' and 'value' is written",
                        written.isEmpty() ? "say what is written" : "remove the others");
            }
            if (values.isWritten(to) && values.isWritten(as)) {
                values.error(as, "a constant is written as it is", "write the wanted text under 'to'");
            }
        });
        return values -> new ValueConfig(to.in(values), from.in(values), value.in(values), as.in(values));
    }
}
