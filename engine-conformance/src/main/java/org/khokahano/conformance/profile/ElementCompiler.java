package org.khokahano.conformance.profile;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.khokahano.ack.ErrorCondition;
import org.khokahano.conformance.profile.PlaceCondition.Answer;
import org.khokahano.conformance.rule.ElementRules;
import org.khokahano.conformance.rule.ElementTest;
import org.khokahano.conformance.rule.Rule;
import org.khokahano.conformance.rule.SegmentRules;
import org.khokahano.conformance.rule.Slice;
import org.khokahano.conformance.standard.ExpectedType;
import org.khokahano.message.definition.Hl7Definitions;
import org.khokahano.validation.Severity;

/** Makes checks of what a profile says of fields and what is in them. Of one thread. */
final class ElementCompiler {
    private final String layer;
    private final Hl7Definitions definitions;
    private final String version;

    ElementCompiler(String layer, Hl7Definitions definitions, String version) {
        this.layer = layer;
        this.definitions = definitions;
        this.version = version;
    }

    Rule rule(String id, Severity severity, ErrorCondition condition) {
        return new Rule(id, layer, severity, condition);
    }

    @Nullable
    Rule ruleOrNull(String id, @Nullable Severity severity, ErrorCondition condition) {
        return severity == null ? null : rule(id, severity, condition);
    }

    /** What is said of the fields of a segment. */
    void segment(SegmentRules segment, SegmentProfile profile) {
        fields(segment, profile.fields());
        for (SegmentSliceProfile slice : profile.slices()) {
            Rule rule = ruleOrNull("slice " + slice.name(), slice.levels().slice(), ErrorCondition.APPLICATION_ERROR);
            segment.slice(
                    slice.name(),
                    (element, findings) -> slice.where().ask(element, findings, rule) == Answer.TRUE,
                    rules -> fields(rules, slice.fields()));
        }
    }

    private void fields(SegmentRules segment, Map<Integer, ElementProfile> fields) {
        fields.forEach(
                (number, field) -> element(segment.field(number), field, hl7Type(segment.name(), number), "the field"));
    }

    private String hl7Type(String segment, int number) {
        return definitions
                .segment(segment, version)
                .flatMap(definition -> definition.field(number))
                .map(field -> field.dataType())
                .orElse("");
    }

    /** The type of a part of a composite, of which something else may be said than HL7 does. */
    private String partType(String hl7Type, String said, int number) {
        return definitions
                .dataType(said.isEmpty() ? hl7Type : said, version)
                .filter(definition -> number <= definition.components().size())
                .map(definition -> definition.components().get(number - 1).dataType())
                .orElse("");
    }

    private void element(ElementRules rules, ElementProfile profile, String hl7Type, String noun) {
        String what = profile.name().isEmpty() ? noun : noun + " " + profile.name();
        Levels levels = profile.levels();
        Bounds cardinality = profile.cardinality();
        if (profile.usage() != null) {
            usage(rules, profile.usage(), levels.usage(), what);
        } else if (cardinality != null) {
            usage(rules, UsageRule.of(cardinality.least() > 0 ? Usage.R : Usage.O), levels.usage(), what);
        }
        if (cardinality != null) {
            cardinality(rules, cardinality, levels.cardinality(), what);
        }
        value(rules, profile.value(), levels, hl7Type, what);
        String part = noun.equals("the field") ? "the component" : "the subcomponent";
        profile.parts()
                .forEach((number, inner) -> element(
                        rules.part(number),
                        inner,
                        partType(hl7Type, profile.value().type(), number),
                        part));
        for (SliceProfile slice : profile.slices()) {
            slice(rules, slice, profile, hl7Type);
        }
    }

    private void usage(ElementRules rules, UsageRule usage, @Nullable Severity severity, String what) {
        rules.remove("required");
        rules.remove("usage");
        if (severity == null || !usage.demands()) {
            return;
        }
        Rule missing = rule("usage", severity, ErrorCondition.REQUIRED_FIELD_MISSING);
        Rule present = rule("usage", severity, ErrorCondition.APPLICATION_ERROR);
        String required = what + " is required and empty";
        String forbidden = what + " must be empty";
        PlaceCondition when = usage.when();
        rules.whole("usage", (element, findings) -> {
            boolean empty = element.isEmpty();
            Usage wrong = empty ? Usage.R : Usage.X;
            // Where neither side minds what is there, the condition need not be asked.
            if (usage.usage() != wrong && usage.otherwise() != wrong) {
                return;
            }
            Usage counts = usage.usage();
            if (when != null) {
                Answer answer = when.ask(element, findings, missing);
                counts = answer == Answer.TRUE ? usage.usage() : answer == Answer.FALSE ? usage.otherwise() : Usage.O;
            }
            if (counts == wrong) {
                findings.add(empty ? missing.at(element.place(), required) : present.at(element.place(), forbidden));
            }
        });
    }

    private void cardinality(ElementRules rules, Bounds bounds, @Nullable Severity severity, String what) {
        rules.remove("repetitions");
        rules.remove("cardinality");
        if (severity == null || (bounds.least() <= 1 && bounds.most() == Bounds.UNBOUNDED)) {
            return;
        }
        Rule rule = rule("cardinality", severity, ErrorCondition.APPLICATION_ERROR);
        String sentence = what + " has " + bounds.words("repetition");
        rules.whole("cardinality", (element, findings) -> {
            // A field that is shorter than its delimiters would be has one repetition.
            if (element.size() > bounds.most() || bounds.least() > 1 && !element.isEmpty()) {
                int count = element.repetitions();
                if (count > 0 && !bounds.contains(count)) {
                    findings.add(rule.at(element.place(), sentence));
                }
            }
        });
    }

    private void value(ElementRules rules, ValueProfile value, Levels levels, String hl7Type, String what) {
        if (!value.type().isEmpty() && !value.type().equals(hl7Type)) {
            Rule rule = rule(
                    "dataType",
                    levels.dataType() == null ? Severity.INFORMATION : levels.dataType(),
                    ErrorCondition.DATA_TYPE_ERROR);
            if (levels.dataType() == null) {
                rules.untype(List.of("dataType"));
            } else {
                new ExpectedType(definitions, version, rule).set(rules, value.type());
            }
        }
        if (value.length() != null) {
            length(rules, value.length(), levels.length(), what);
        }
        if (value.pattern() != null) {
            pattern(rules, value.pattern(), levels.pattern(), what);
        }
        if (!value.constants().isEmpty()) {
            constant(rules, value.constants(), levels.constant(), what);
        }
        if (value.binding() != null) {
            binding(rules, value.binding(), levels.table(), what);
        }
    }

    private void length(ElementRules rules, Bounds bounds, @Nullable Severity severity, String what) {
        rules.remove("length");
        rules.remove("conformanceLength");
        if (severity == null || bounds.least() <= 1 && bounds.most() == Bounds.UNBOUNDED) {
            return;
        }
        Rule rule = rule("length", severity, ErrorCondition.DATA_TYPE_ERROR);
        String sentence = what + " has " + bounds.words("character");
        rules.value("length", (element, findings) -> {
            // A character is a byte at least, so that short values are not looked through.
            if ((element.size() > bounds.most() || bounds.least() > 1) && !bounds.contains(element.length())) {
                findings.add(rule.at(element.place(), sentence));
            }
        });
    }

    private void pattern(ElementRules rules, Pattern pattern, @Nullable Severity severity, String what) {
        rules.remove("pattern");
        if (severity == null) {
            return;
        }
        Rule rule = rule("pattern", severity, ErrorCondition.DATA_TYPE_ERROR);
        String sentence = what + " does not have the form " + pattern.pattern();
        rules.value("pattern", (element, findings) -> {
            if (!pattern.matches(element.value())) {
                findings.add(rule.at(element.place(), sentence));
            }
        });
    }

    private void constant(ElementRules rules, Set<String> constants, @Nullable Severity severity, String what) {
        rules.remove("constant");
        if (severity == null) {
            return;
        }
        Rule rule = rule("constant", severity, ErrorCondition.TABLE_VALUE_NOT_FOUND);
        List<String> sorted = constants.stream().sorted().toList();
        String sentence = what + " is not " + String.join(" or ", sorted);
        rules.value("constant", (element, findings) -> {
            if (!constants.contains(element.value())) {
                findings.add(rule.at(element.place(), sentence));
            }
        });
    }

    private void binding(ElementRules rules, ValueProfile.Binding binding, @Nullable Severity severity, String what) {
        rules.remove("table");
        rules.remove("binding");
        if (rules.hasParts()) {
            // Of a coded field HL7's table is that of its first component.
            rules.part(1).remove("table");
        }
        if (severity == null) {
            return;
        }
        Rule rule = rule("binding", severity, ErrorCondition.TABLE_VALUE_NOT_FOUND);
        String sentence = "the code of " + what + " is not in " + binding.words();
        rules.value("binding", (element, findings) -> {
            String code = element.value();
            // A coded value may be nothing but a text in its second component.
            if (!code.isEmpty() && !binding.codes().has(code, element.origin().receivedMillis())) {
                findings.add(rule.at(element.place(), sentence));
            }
        });
    }

    private static ElementTest belongs(SliceProfile slice, @Nullable Rule rule) {
        PlaceCondition where = slice.where();
        return where == null
                ? (element, findings) -> element.repetition() == slice.repetition()
                : (element, findings) -> where.ask(element, findings, rule) == Answer.TRUE;
    }

    private void slice(ElementRules rules, SliceProfile slice, ElementProfile field, String hl7Type) {
        Bounds bounds = slice.cardinality() == null ? new Bounds(0, Bounds.UNBOUNDED) : slice.cardinality();
        String id = "slice " + slice.name();
        Rule rule = ruleOrNull(id, slice.levels().slice(), ErrorCondition.APPLICATION_ERROR);
        ElementRules inner =
                rules.slice(new Slice(slice.name(), belongs(slice, rule), bounds.least(), bounds.most(), rule));
        value(inner, slice.value(), slice.levels(), hl7Type, "the field, as " + slice.name() + ",");
        String said = slice.value().type().isEmpty()
                ? field.value().type()
                : slice.value().type();
        slice.components()
                .forEach((number, component) ->
                        element(inner.part(number), component, partType(hl7Type, said, number), "the component"));
    }
}
