package org.khokahano.conformance.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.khokahano.conformance.load.Scope.Target;

/**
 * Where within a field or component a code stands and its system: the triplets of CWE.
 *
 * @param all none where the whole is the code
 */
record CodePlaces(List<CodePlace> all) {

    /**
     * One of them.
     *
     * @param code the path from the field; {@code .} for the field itself
     * @param system empty where nothing is said of it
     */
    record CodePlace(String code, String system) {}

    private static final Map<String, String> CODE = Map.of(
            "BindingLocation",
            "CodePath",
            "SimpleBindingLocation",
            "CodeLocation",
            "ComplexBindingLocation",
            "CodeLocation");

    /** @param around the element that holds the locations; empty where they stand in this one itself */
    static CodePlaces of(XmlElement xml, String around) {
        List<CodePlace> places = new ArrayList<>();
        List<XmlElement> holders =
                around.isEmpty() ? List.of(xml) : xml.children(around).toList();
        for (XmlElement holder : holders) {
            for (XmlElement location : holder.children()) {
                String code = CODE.get(location.name());
                if (code != null) {
                    places.add(new CodePlace(
                            location.attribute(code), location.attribute(code.replace("Code", "CodeSystem"))));
                }
            }
        }
        return new CodePlaces(places.isEmpty() ? List.of(new CodePlace(".", "")) : places);
    }

    /** Whether the code is the value itself, and nothing is said of its system. */
    boolean areOnePlain() {
        return all.size() == 1
                && all.get(0).system().isEmpty()
                && List.of(".", "1", "1[1]").contains(all.get(0).code());
    }

    /** That no code stands at any of them. */
    String noCode(Scope scope) throws NotConvertibleException {
        List<String> tests = new ArrayList<>();
        for (CodePlace place : all) {
            tests.add(scope.resolve(place.code()).absent());
        }
        return CelText.and(tests);
    }

    /** That the code stands at one of them, with its system where that is said. */
    String has(CodedValue value, Scope scope) throws NotConvertibleException {
        List<String> tests = new ArrayList<>();
        for (CodePlace place : all) {
            String code = is(scope.resolve(place.code()), value.code());
            boolean anySystem = place.system().isEmpty() || value.system().isEmpty();
            tests.add(anySystem ? code : CelText.and(List.of(code, is(scope.resolve(place.system()), value.system()))));
        }
        return CelText.or(tests);
    }

    /** That one of the codes stands at one of them. */
    String hasOneOf(List<String> codes, Scope scope) throws NotConvertibleException {
        List<String> tests = new ArrayList<>();
        for (CodePlace place : all) {
            Target target = scope.resolve(place.code());
            String list = CelText.texts(codes);
            tests.add(
                    target.many()
                            ? CelText.values(target.path()) + ".exists(v, v in " + list + ")"
                            : CelText.value(target.path()) + " in " + list);
        }
        return CelText.or(tests);
    }

    static String is(Target target, String text) {
        return target.many()
                ? CelText.values(target.path()) + ".exists(v, v == " + CelText.text(text) + ")"
                : CelText.value(target.path()) + " == " + CelText.text(text);
    }
}
