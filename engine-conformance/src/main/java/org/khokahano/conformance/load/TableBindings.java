package org.khokahano.conformance.load;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.khokahano.conformance.load.SourceProfile.SourceBinding;
import org.khokahano.conformance.load.SourceProfile.SourceElement;
import org.khokahano.conformance.load.SourceValueSets.ValueSet;
import org.khokahano.conformance.standard.Hl7Tables;

/**
 * Makes bindings to value sets, of which only those get into the profile that something in it is bound to, and
 * to HL7's tables. Of one thread.
 */
final class TableBindings {
    private static final Pattern HL7_TABLE = Pattern.compile("(?:HL7)?([0-9]{4})");
    private static final int LONGEST_NAME = 60;

    private final SourceValueSets sets;
    private final Hl7Tables hl7;
    private final ImportReport report;
    private final Map<String, Object> written = new LinkedHashMap<>();
    private final Map<String, String> names = new HashMap<>();

    TableBindings(SourceValueSets sets, Hl7Tables hl7, ImportReport report) {
        this.sets = sets;
        this.hl7 = hl7;
        this.report = report;
    }

    /** The value sets that are bound to, as the profile has them. */
    Map<String, Object> valueSets() {
        return written;
    }

    /**
     * Binds a place, or tells why not.
     *
     * @param rules what is said of the place
     */
    void bind(Map<Object, Object> rules, SourceBinding binding, SourceElement element, String place) {
        if (binding.tables().isEmpty()) {
            return;
        }
        String name = String.join(", ", binding.tables());
        String location = binding.location();
        if (!location.isEmpty() && !location.equals("1")) {
            if (!location.startsWith("1")) {
                report.leftOut(
                        element.xml(),
                        place,
                        "binding to " + name + " at component " + location,
                        "a code is looked for in the first component: bind the component itself");
                return;
            }
            report.changed(
                    element.xml(),
                    place,
                    "binding to " + name + " at components " + location,
                    "the code is looked for in the first component only, and another one is a warning");
        }
        boolean loose = location.length() > 1;
        ValueSet set = binding.tables().size() == 1 ? sets.find(name) : sets.union(binding.tables());
        if (binding.tables().stream().anyMatch(sets::isNotValidated)) {
            report.leftOut(element.xml(), place, "binding to " + name, "its library says that it is not validated");
        } else if (set != null && !set.codes().isEmpty()) {
            rules.put("table", write(set));
            rules.put("strength", loose ? "extensible" : strength(binding.strength(), set.open()));
            report.carried("bindings");
        } else {
            bindToHl7(rules, set, name, binding, loose, element.xml(), place);
        }
    }

    private void bindToHl7(
            Map<Object, Object> rules,
            @Nullable ValueSet set,
            String name,
            SourceBinding binding,
            boolean loose,
            XmlElement xml,
            String place) {
        Matcher number = HL7_TABLE.matcher(name);
        if (number.matches() && hl7.table(Integer.parseInt(number.group(1))) != null) {
            rules.put("table", number.group(1));
            // Without a library nobody says that the table is closed, and sites extend HL7's.
            rules.put(
                    "strength",
                    loose || binding.strength().isEmpty() ? "extensible" : strength(binding.strength(), false));
            report.carried("bindings");
            return;
        }
        String why = set == null
                ? "its codes are in no library that is given"
                        + (number.matches() ? ", and the table is not shipped" : "")
                : set.external() ? "its codes are kept somewhere else" : "the library has no codes of it";
        report.leftOut(xml, place, "binding to " + name, why);
    }

    private static String strength(String written, boolean open) {
        return switch (written) {
            case "S", "U" -> "preferred";
            default -> open ? "extensible" : "required";
        };
    }

    private String write(ValueSet set) {
        String known = names.get(set.name());
        if (known != null) {
            return known;
        }
        String name = free(set.name());
        names.put(set.name(), name);
        boolean named = set.codes().values().stream().anyMatch(text -> !text.isEmpty());
        Map<String, String> codes = new LinkedHashMap<>();
        // A mapping has a meaning for each.
        set.codes().forEach((code, meaning) -> codes.put(code, meaning.isEmpty() ? code : meaning));
        written.put(name, Map.of("codes", named ? codes : List.copyOf(codes.keySet())));
        report.carried("value sets");
        return name;
    }

    /** A name as value sets have them; one of digits alone would be a table of HL7. */
    private String free(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9_.-]+", "-");
        String lettered = plain.matches("[A-Za-z].*") ? plain : "set-" + plain;
        String base = lettered.length() > LONGEST_NAME ? lettered.substring(0, LONGEST_NAME) : lettered;
        String free = base;
        for (int number = 2; written.containsKey(free); number++) {
            free = base + '-' + number;
        }
        return free;
    }
}
