package org.khokahano.conformance.load;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.khokahano.conformance.load.SliceFinder.FieldSlice;
import org.khokahano.conformance.load.SliceFinder.SegmentFlavour;
import org.khokahano.conformance.load.SourceProfile.SourceElement;
import org.khokahano.conformance.load.SourceProfile.SourceNode;
import org.khokahano.conformance.load.SourceProfile.SourceType;

/** Makes what the profile says of fields, components and subcomponents. Of one thread. */
final class ElementDocument {
    private static final int LONGEST_NAME = 80;

    /** Lengths of profiles have nine digits. */
    private static final int LONGEST_LENGTH = 999_999_999;

    /** Where another field says what the type is; UNKNOWN is what it is called in HAPI's definitions. */
    private static final Set<String> NO_TYPES = Set.of("", "-", "*", "VARIES", "UNKNOWN");

    private final ImportParts parts;
    private final UsageDocument usages;
    private final ValueStatements statements;
    private final SliceFinder slices;

    ElementDocument(ImportParts parts, UsageDocument usages, ValueStatements statements, SliceFinder slices) {
        this.parts = parts;
        this.usages = usages;
        this.statements = statements;
        this.slices = slices;
    }

    /** What is said of the fields of a segment at one of its places, and of those of some segments there. */
    Map<Object, Object> segment(SourceNode part, SourceNode around) {
        ElementPlace place = ElementPlace.of(part, around);
        List<SegmentFlavour> flavours = slices.flavours(place);
        Map<Object, Object> fields = fields(place.where(SliceFinder.noneOf(flavours)));
        Map<Object, Object> rules = new LinkedHashMap<>();
        if (flavours.isEmpty()) {
            if (!fields.isEmpty()) {
                rules.put("fields", fields);
            }
            return rules;
        }
        // A flavour takes the place of what the profile says of the others there.
        List<Object> written = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (SegmentFlavour flavour : flavours) {
            Map<Object, Object> slice = flavour.begin(names);
            slice.put("fields", fields(flavour.place()));
            written.add(slice);
            parts.report().carried("slices");
        }
        Map<Object, Object> others = new LinkedHashMap<>();
        others.put("name", SourceNames.unique("others", LONGEST_NAME, names));
        others.put("where", "true");
        others.put("fields", fields);
        written.add(others);
        rules.put("slices", written);
        return rules;
    }

    private Map<Object, Object> fields(ElementPlace segment) {
        Map<Object, Object> fields = new LinkedHashMap<>();
        List<SourceElement> written = segment.definition().fields();
        String name = segment.segment().name();
        boolean header = name.equals("MSH");
        int defined = name.startsWith("Z") ? Integer.MAX_VALUE : parts.fieldsOf(name);
        for (int number = 1; number <= written.size(); number++) {
            SourceElement field = written.get(number - 1);
            if (header && number <= 2) {
                // A message without them is none, and what they hold is asked by rules.
                statements.delimiters(field, segment.inside(number, field.type()));
                continue;
            }
            ElementPlace place = segment.inside(number, field.type());
            if (number > defined) {
                parts.report()
                        .leftOut(
                                field.xml(),
                                place.path(),
                                "field " + field.name(),
                                "HL7 " + parts.version() + " does not have it, and profiles know HL7's fields only");
                continue;
            }
            fields.put(number, field(field, segment, number));
            parts.report().carried("fields");
        }
        closeFields(fields, segment, written.size());
        return fields;
    }

    private Map<Object, Object> field(SourceElement field, ElementPlace segment, int number) {
        String hl7Type = hl7FieldType(segment.segment().name(), number);
        ElementPlace place = segment.inside(number, field.type());
        List<FieldSlice> sliced = slices.slices(segment, number);
        if (sliced.isEmpty()) {
            Map<Object, Object> rules = element(field, place, hl7Type);
            write(rules, segment, number, slices.cases(segment, number), null);
            return rules;
        }
        // The type of a slice takes the place of the field's, which is for the other repetitions.
        Map<Object, Object> rules = element(field, place.where(SliceFinder.none(sliced)), hl7Type);
        write(rules, segment, number, sliced, rules.remove("components"));
        return rules;
    }

    /** What a profile does not list, its messages do not have: HAPI and NIST's validator say so of it. */
    private void closeFields(Map<Object, Object> fields, ElementPlace segment, int listed) {
        if (listed > 0) {
            int defined = parts.version().isEmpty()
                    ? 0
                    : parts.fieldsOf(segment.segment().name());
            for (int number = listed + 1; number <= defined; number++) {
                fields.put(number, Map.of("usage", "X"));
            }
        }
    }

    private String hl7FieldType(String segment, int number) {
        return parts.definitions()
                .segment(segment, parts.version())
                .flatMap(definition -> definition.field(number))
                .map(field -> field.dataType())
                .orElse("");
    }

    private Map<Object, Object> element(SourceElement element, ElementPlace place, String hl7Type) {
        Map<Object, Object> rules = new LinkedHashMap<>();
        if (!element.name().isEmpty()) {
            rules.put("name", SourceNames.sentence(element.name(), LONGEST_NAME));
        }
        usages.element(rules, element, place);
        if ("X".equals(rules.get("usage"))) {
            // Of what is not there nothing else is to be said.
            return rules;
        }
        if (place.isField()) {
            usages.cardinality(rules, element.least(), element.most(), element.xml(), place.path());
        }
        length(rules, element);
        String type = type(rules, element.type(), hl7Type, element.xml(), place);
        bind(rules, element, place);
        constant(rules, element, place);
        statements.singleCodes(rules, element, place);
        statements.add(rules, element, place);
        fit(rules, element, place);
        Map<Object, Object> inner = inner(element.type(), place, type);
        if (!inner.isEmpty()) {
            rules.put(place.isField() ? "components" : "subcomponents", inner);
        }
        return rules;
    }

    private Map<Object, Object> inner(SourceType type, ElementPlace place, String hl7Type) {
        Map<Object, Object> inner = new LinkedHashMap<>();
        List<String> hl7Types = parts.componentTypes(hl7Type);
        boolean varies = NO_TYPES.contains(hl7Type.toUpperCase(Locale.ROOT)) || hl7Type.equals("CM");
        int most = varies ? Integer.MAX_VALUE : parts.componentsOf(hl7Type);
        for (int number = 1; number <= type.parts().size() && place.numbers().size() < 3; number++) {
            SourceElement part = type.parts().get(number - 1);
            if (number > most) {
                parts.report()
                        .leftOut(
                                part.xml(),
                                place.path() + '.' + number,
                                "component " + part.name(),
                                "HL7's data type " + hl7Type + " has " + (most == 1 ? "no" : String.valueOf(most))
                                        + " components");
                continue;
            }
            String expected = number <= hl7Types.size() ? hl7Types.get(number - 1) : "";
            Map<Object, Object> rules = element(part, place.inside(number, part.type()), expected);
            boolean says = rules.keySet().stream().anyMatch(key -> !key.equals("name") && !key.equals("usage"));
            if (says || !"O".equals(rules.get("usage"))) {
                inner.put(number, rules);
            }
        }
        if (!type.parts().isEmpty()) {
            for (int number = type.parts().size() + 1; number <= hl7Types.size(); number++) {
                inner.put(number, Map.of("usage", "X"));
            }
        }
        return inner;
    }

    private void length(Map<Object, Object> rules, SourceElement element) {
        boolean bounded = element.longest() <= LONGEST_LENGTH;
        if (!bounded && element.shortest() <= 1 || "X".equals(rules.get("usage"))) {
            return;
        }
        if (element.shortest() > Math.min(element.longest(), LONGEST_LENGTH)) {
            parts.report().leftOut(element.xml(), "", "length", "the least is more than the most");
            return;
        }
        rules.put("length", element.shortest() + ".." + (bounded ? String.valueOf(element.longest()) : "*"));
        parts.report().carried("lengths");
    }

    /** The type where it is another than HL7's; what the parts are judged by is returned. */
    private String type(
            Map<Object, Object> rules, SourceType source, String hl7Type, XmlElement xml, ElementPlace place) {
        String type = source.name();
        boolean known = !NO_TYPES.contains(type.toUpperCase(Locale.ROOT))
                && parts.definitions().dataType(type, parts.version()).isPresent();
        if (!known && !NO_TYPES.contains(type.toUpperCase(Locale.ROOT)) && !type.startsWith("CM")) {
            parts.report()
                    .leftOut(
                            xml,
                            place.path(),
                            "data type " + type,
                            "HL7 " + parts.version() + " has none of that name; "
                                    + (hl7Type.isEmpty() ? "none is asked for" : "HL7's " + hl7Type + " is taken"));
        }
        if (!known || type.equals(hl7Type) || hl7Type.isEmpty()) {
            return known ? type : hl7Type;
        }
        if (hl7Type.equalsIgnoreCase("Varies") || "X".equals(rules.get("usage"))) {
            return type;
        }
        rules.put("type", type);
        parts.report().carried("data types");
        return type;
    }

    private void bind(Map<Object, Object> rules, SourceElement element, ElementPlace place) {
        Optional<SourceProfile.SourceBinding> elsewhere = place.contexts().stream()
                .filter(context -> !context.steps().isEmpty())
                .flatMap(context -> parts.constraints().binding(context).stream())
                .findFirst();
        if (!"X".equals(rules.get("usage"))) {
            parts.tables().bind(rules, elsewhere.orElse(element.binding()), element, place.path());
        }
    }

    private void constant(Map<Object, Object> rules, SourceElement element, ElementPlace place) {
        String constant = element.constant();
        if (constant.isEmpty() || "X".equals(rules.get("usage"))) {
            return;
        }
        if (constant.isBlank()) {
            parts.report().leftOut(element.xml(), place.path(), "constant value", "it is nothing but spaces");
            return;
        }
        if (!element.parts().isEmpty() && constant.matches(".*[\\^&].*")) {
            parts.report()
                    .leftOut(
                            element.xml(),
                            place.path(),
                            "constant value",
                            "it holds delimiters: give the components constants");
            return;
        }
        rules.put("constant", constant);
        parts.report().carried("constants");
    }

    /** Constants that the length does not let in would make every message wrong. */
    private void fit(Map<Object, Object> rules, SourceElement element, ElementPlace place) {
        Object constant = rules.get("constant");
        List<?> constants = constant == null ? List.of() : constant instanceof List<?> some ? some : List.of(constant);
        for (Object one : constants) {
            String text = String.valueOf(one);
            int characters = text.codePointCount(0, text.length());
            if (rules.containsKey("length") && (characters < element.shortest() || characters > element.longest())) {
                rules.remove("length");
                parts.report().leftOut(element.xml(), place.path(), "length", "its constant does not fit into it");
            }
            if (rules.get("pattern") instanceof String pattern && !text.matches(pattern)) {
                rules.remove("pattern");
                parts.report().leftOut(element.xml(), place.path(), "pattern", "its constant does not have that form");
            }
        }
    }

    /** @param others the components of the repetitions that are in no slice; null where nothing is said of them */
    private void write(
            Map<Object, Object> rules,
            ElementPlace segment,
            int field,
            List<FieldSlice> sliced,
            @Nullable Object others) {
        if ("X".equals(rules.get("usage"))) {
            return;
        }
        List<Map<Object, Object>> written = new ArrayList<>();
        Set<String> names = new HashSet<>();
        String expected = String.valueOf(
                rules.getOrDefault("type", hl7FieldType(segment.segment().name(), field)));
        if (NO_TYPES.contains(expected.toUpperCase(Locale.ROOT))) {
            expected = "Varies";
        }
        for (FieldSlice one : sliced) {
            ElementPlace place = segment.inside(field, one.type()).where(one.where());
            Map<Object, Object> slice = one.begin(names);
            String type = type(slice, one.type(), expected, one.xml(), place);
            Map<Object, Object> inner = inner(one.type(), place, type);
            statements.ofSlice(one.type(), place);
            if (!inner.isEmpty()) {
                slice.put("components", inner);
            }
            written.add(slice);
        }
        if (others != null) {
            SourceElement whole = segment.definition().fields().get(field - 1);
            Map<Object, Object> slice = new FieldSlice("others", "true", 0, whole.type(), whole.xml()).begin(names);
            slice.put("components", others);
            written.add(slice);
        }
        // One that says nothing keeps its repetitions from those behind it; the last ones keep nothing.
        for (int last = written.size() - 1; last >= 0 && saysNothing(written.get(last)); last--) {
            written.remove(last);
        }
        if (!written.isEmpty()) {
            rules.put("slices", new ArrayList<Object>(written));
        }
    }

    private static boolean saysNothing(Map<Object, Object> slice) {
        return !slice.containsKey("components") && !slice.containsKey("type");
    }
}
