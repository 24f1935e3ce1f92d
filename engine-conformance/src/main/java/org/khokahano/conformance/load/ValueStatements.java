package org.khokahano.conformance.load;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.khokahano.conformance.load.ExpressionWriter.Written;
import org.khokahano.conformance.load.RuleDocument.Asked;
import org.khokahano.conformance.load.SourceConstraints.Context;
import org.khokahano.conformance.load.SourceConstraints.Level;
import org.khokahano.conformance.load.SourceConstraints.Statement;
import org.khokahano.conformance.load.SourceProfile.SourceElement;
import org.khokahano.conformance.load.SourceProfile.SourceType;

/**
 * Makes patterns, constants and rules of statements about data types, which count wherever the type is, and of
 * those that stand with elements. Of one thread.
 */
final class ValueStatements {
    private static final int LONGEST_TEXT = 300;

    private final ImportParts parts;
    private final Anchors anchors;
    private final RuleDocument rules;

    ValueStatements(ImportParts parts, Anchors anchors, RuleDocument rules) {
        this.parts = parts;
        this.anchors = anchors;
        this.rules = rules;
    }

    /** What is said of a place in statements. */
    void add(Map<Object, Object> element, SourceElement source, ElementPlace place) {
        for (Context context : place.contexts()) {
            if (context.level() != Level.DATATYPE) {
                continue;
            }
            for (Statement statement : parts.constraints().statements(context)) {
                Optional<List<Integer>> simple = simple(statement.assertion());
                if (simple.isPresent() && simple.get().equals(context.steps())) {
                    value(element, source, place, statement, place.scope(context));
                } else if (simple.isEmpty() && context.steps().isEmpty()) {
                    rule(place, statement, new ElementScope(place.path(), source.parts()));
                }
            }
        }
        for (Statement statement : own(source.xml())) {
            if (statement.assertion().name().equals("SequenceID")) {
                continue; // Of the segment: see PartStatements.
            }
            Scope here = new LocationScope(place.around(), place.definition(), place.numbers());
            if (statement.assertion().attribute("location").equals(".") && isValue(statement.assertion())) {
                value(element, source, place, statement, here);
            } else {
                rule(place, statement, here);
            }
        }
    }

    /** What is said of the type that some repetitions of a field have, as a whole. */
    void ofSlice(SourceType type, ElementPlace place) {
        for (Context context : place.contexts()) {
            if (context.level() != Level.DATATYPE || !context.steps().isEmpty()) {
                continue;
            }
            for (Statement statement : parts.constraints().statements(context)) {
                if (simple(statement.assertion()).isEmpty()) {
                    rule(place, statement, new ElementScope(place.path(), type.parts()));
                }
            }
        }
    }

    /** What a place must have where it has a code, by a document of bindings. */
    void singleCodes(Map<Object, Object> element, SourceElement source, ElementPlace place) {
        for (Context context : place.contexts()) {
            if (!context.steps().isEmpty()) {
                parts.constraints().singleCodes(context).forEach(xml -> singleCode(element, source, place, xml));
            }
        }
    }

    private void singleCode(Map<Object, Object> element, SourceElement source, ElementPlace place, XmlElement xml) {
        CodePlaces places = CodePlaces.of(xml, "BindingLocations");
        CodedValue code = new CodedValue(xml.rawAttribute("Code"), xml.rawAttribute("CodeSystem"));
        if (places.areOnePlain()
                && !element.containsKey("constant")
                && !code.code().isBlank()) {
            element.put("constant", code.code());
            parts.report().carried("single codes");
            return;
        }
        Statement statement =
                new Statement("code " + place.path(), "", "error", place.path() + " is " + code.inWords(), xml, xml);
        try {
            Scope scope = new ElementScope(place.path(), source.parts());
            String test = CelText.or(List.of(places.noCode(scope), places.has(code, scope)));
            Written written = new Written(parts.expressions().checked(test), List.of());
            add(place, true, written, statement);
        } catch (NotConvertibleException notConvertible) {
            parts.report().leftOut(xml, place.path(), "single code " + code.code(), notConvertible.reason());
        }
    }

    /** Statements that HL7v2xConformanceProfile documents have with their elements. */
    static List<Statement> own(XmlElement xml) {
        return xml.children("ConformanceStatement")
                .flatMap(written -> written.children("Assertion")
                        .flatMap(inside -> inside.children().stream().limit(1))
                        .map(assertion -> new Statement(
                                written.attribute("id"),
                                "",
                                "error",
                                written.child("EnglishDescription")
                                        .map(text -> SourceNames.sentence(text.text(), LONGEST_TEXT))
                                        .orElse(""),
                                assertion,
                                written)))
                .toList();
    }

    /** MSH-1 and MSH-2, of which nothing can be said but by rules. */
    void delimiters(SourceElement field, ElementPlace place) {
        if (!field.constant().isEmpty()) {
            Statement statement = new Statement(
                    "constant " + place.path(),
                    "",
                    "error",
                    "the delimiters are those of the profile",
                    field.xml(),
                    field.xml());
            try {
                String test = CelText.value(place.path()) + " == " + CelText.text(field.constant());
                Written written = new Written(parts.expressions().checked(test), List.of());
                rules.add(statement.id(), new Asked("", "", place.path()), written, statement);
            } catch (NotConvertibleException notConvertible) {
                parts.report().leftOut(field.xml(), place.path(), "constant value", notConvertible.reason());
            }
        }
        own(field.xml())
                .forEach(statement ->
                        rule(place, statement, new LocationScope(place.around(), place.definition(), place.numbers())));
    }

    /** Where the one value is that the assertion is about, if it is about no more. */
    private static Optional<List<Integer>> simple(XmlElement assertion) {
        try {
            return isValue(assertion)
                    ? Optional.of(Scope.Step.all(assertion.attribute("Path")).stream()
                            .map(Scope.Step::position)
                            .toList())
                    : Optional.empty();
        } catch (NotConvertibleException noPath) {
            return Optional.empty();
        }
    }

    private static boolean isValue(XmlElement assertion) {
        boolean plain = !assertion.has("Min")
                && !assertion.has("locationContent")
                && !assertion.attribute("NotPresentBehavior").equalsIgnoreCase("FAIL");
        return plain
                && switch (assertion.name()) {
                    case "PlainText" ->
                        !assertion.attribute("IgnoreCase").equals("true")
                                && !assertion.attribute("IgnoreCase").equals("1");
                    case "Format", "Regex", "StringList", "List" -> true;
                    default -> false;
                };
    }

    /** A statement about one value is part of what is said of the element; where that is taken, a rule. */
    private void value(
            Map<Object, Object> element, SourceElement source, ElementPlace place, Statement statement, Scope scope) {
        XmlElement assertion = statement.assertion();
        boolean pattern = assertion.name().equals("Format") || assertion.name().equals("Regex");
        if ("X".equals(element.get("usage"))) {
            return;
        }
        List<String> constants = pattern ? List.of() : constants(assertion);
        if (element.containsKey(pattern ? "pattern" : "constant")
                || !source.parts().isEmpty()
                || constants.stream().anyMatch(String::isBlank)) {
            rule(place, statement, scope);
            return;
        }
        try {
            if (pattern) {
                String written =
                        assertion.has("Regex") ? assertion.rawAttribute("Regex") : assertion.rawAttribute("regex");
                element.put("pattern", AssertionText.pattern(written));
            } else {
                element.put("constant", assertion.name().equals("PlainText") ? constants.get(0) : constants);
            }
            parts.report().carried("statements");
        } catch (NotConvertibleException notConvertible) {
            leftOut(place, statement, notConvertible);
        }
    }

    private static List<String> constants(XmlElement assertion) {
        return assertion.name().equals("PlainText")
                ? List.of(assertion.has("Text") ? assertion.rawAttribute("Text") : assertion.rawAttribute("value"))
                : AssertionText.texts(assertion);
    }

    private void rule(ElementPlace place, Statement statement, Scope scope) {
        try {
            Written written = parts.expressions().write(statement.assertion(), scope);
            // Seen from a repetition only what is in the field is other than from the segment.
            boolean inField = place.numbers().size() > 1 || scope instanceof ElementScope;
            add(place, inField, written, statement);
        } catch (NotConvertibleException notConvertible) {
            leftOut(place, statement, notConvertible);
        }
    }

    private void add(ElementPlace place, boolean inField, Written written, Statement statement)
            throws NotConvertibleException {
        String each = inField ? anchors.each(place) : anchors.each(ElementPlace.of(place.segment(), place.around()));
        Asked asked = new Asked(each, place.condition(), place.path());
        rules.add(statement.id() + ' ' + place.path(), asked, written, statement);
    }

    private void leftOut(ElementPlace place, Statement statement, NotConvertibleException why) {
        parts.report().leftOut(statement.xml(), place.path(), "statement " + statement.id(), why.reason());
    }
}
