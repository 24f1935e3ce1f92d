package org.khokahano.conformance.load;

import java.util.List;
import org.khokahano.conformance.load.SourceProfile.SourceSegment;
import org.khokahano.conformance.load.SourceValueSets.ValueSet;

/** Reads the cells of tables of co-constraints, each about one field of the segment. */
final class CoConstraintCells {
    private final SourceSegment segment;
    private final SourceValueSets sets;

    CoConstraintCells(SourceSegment segment, SourceValueSets sets) {
        this.segment = segment;
        this.sets = sets;
    }

    /**
     * What one field has to hold.
     *
     * @param test that it does
     * @param absent that it holds nothing, which no co-constraint minds
     */
    record Cell(String path, String test, String absent, String words, String severity, List<String> differences) {}

    /** What a cell says: of selectors what has to be, of constraints what has to be where anything is there. */
    Cell read(XmlElement xml) throws NotConvertibleException {
        String path = xml.attribute("Path");
        Scope whole = ElementScope.of(segment);
        Scope scope = inside -> whole.resolve(inside.equals(".") ? path : path + '.' + inside);
        String at = whole.resolve(path).path().replace("[*]", "");
        return switch (xml.name()) {
            case "PlainText" -> {
                String value = xml.rawAttribute("Value");
                CodePlaces place = new CodePlaces(List.of(new CodePlaces.CodePlace(".", "")));
                yield new Cell(
                        at,
                        place.has(new CodedValue(value, ""), scope),
                        whole.resolve(path).absent(),
                        value,
                        "error",
                        List.of());
            }
            case "Code" -> {
                CodedValue value = new CodedValue(xml.rawAttribute("Code"), xml.rawAttribute("CodeSystem"));
                CodePlaces places = CodePlaces.of(xml, "");
                List<String> differences = whole.resolve(path).many()
                        ? List.of("code and system may stand in different repetitions")
                        : List.of();
                yield new Cell(
                        at, places.has(value, scope), places.noCode(scope), value.inWords(), "error", differences);
            }
            case "ValueSet" -> valueSet(xml, scope, at);
            default -> throw new NotConvertibleException("'" + xml.name() + "' is not known");
        };
    }

    private Cell valueSet(XmlElement xml, Scope scope, String at) throws NotConvertibleException {
        List<XmlElement> bindings = xml.children("ValueSetBinding").toList();
        if (bindings.size() != 1) {
            throw new NotConvertibleException("it has " + bindings.size() + " bindings, and not one");
        }
        XmlElement binding = bindings.get(0);
        List<String> names = binding.children("Bindings", "Binding")
                .map(one -> one.attribute("BindingIdentifier"))
                .toList();
        ValueSet set = sets.union(names);
        if (set == null || names.stream().anyMatch(sets::isNotValidated)) {
            throw new NotConvertibleException(
                    "the codes of " + String.join(", ", names) + " are in no library that is given, or not validated");
        }
        CodePlaces places = CodePlaces.of(binding, "BindingLocations");
        boolean loose = List.of("S", "U").contains(binding.attribute("BindingStrength"));
        return new Cell(
                at,
                places.hasOneOf(List.copyOf(set.codes().keySet()), scope),
                places.noCode(scope),
                "a code of " + String.join(", ", names),
                loose ? "warning" : "error",
                List.of());
    }
}
