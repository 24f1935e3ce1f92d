package org.khokahano.conformance.load;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Value sets of {@code ValueSetLibrary} and {@code TableLibrary} documents, by the names that bindings use. */
final class SourceValueSets {
    static final Set<String> ROOTS = Set.of("ValueSetLibrary", "TableLibrary", "VocabLibrary", "Specification");

    private final Map<String, ValueSet> sets = new HashMap<>();
    private final Set<String> notValidated = new HashSet<>();

    /**
     * A set of codes.
     *
     * @param codes with what they mean
     * @param closed whether the library says that there are no other codes
     * @param open whether it says that there may be others
     * @param external whether its codes are somewhere else
     */
    record ValueSet(
            String name, String title, Map<String, String> codes, boolean closed, boolean open, boolean external) {}

    void read(XmlElement root, ImportReport report) {
        root.children("NoValidation", "BindingIdentifier").forEach(id -> notValidated.add(id.text()));
        definitions(root, report);
        root.children("Tables").forEach(tables -> definitions(tables, report));
    }

    /** IGAMT groups definitions, and groups may stand in each other. */
    private void definitions(XmlElement around, ImportReport report) {
        for (XmlElement child : around.children()) {
            switch (child.name()) {
                case "ValueSetDefinitions" -> definitions(child, report);
                case "ValueSetDefinition" -> add(child, child.attribute("BindingIdentifier"), report);
                case "ExternalValueSetDefinition" -> addExternal(child);
                case "TableDefinition" -> add(child, tableName(child), report);
                case "hl7tables" -> definitions(child, report);
                case "hl7table" -> add(child, child.attribute("id"), report);
                default -> {
                    // Descriptions of the library.
                }
            }
        }
    }

    private static String tableName(XmlElement table) {
        return table.has("BindingIdentifier") ? table.attribute("BindingIdentifier") : table.attribute("Id");
    }

    private void addExternal(XmlElement xml) {
        String name = xml.attribute("BindingIdentifier");
        sets.putIfAbsent(name, new ValueSet(name, xml.attribute("Name"), Map.of(), false, false, true));
    }

    private void add(XmlElement xml, String name, ImportReport report) {
        Map<String, String> codes = new LinkedHashMap<>();
        for (XmlElement code : xml.children()) {
            String value = first(code, "Value", "Code", "code");
            if (value.isEmpty()) {
                continue;
            }
            // E is excluded: the code is in the table and not in the set. R and P may be used.
            if (!code.attribute("Usage").equals("E")) {
                codes.putIfAbsent(value, first(code, "DisplayName", "Display", "Description", "displayName"));
            }
            if (!code.attribute("CodePattern").isEmpty()) {
                report.leftOut(code, "", "pattern of codes in " + name, "value sets have codes only");
            }
        }
        String extensibility = xml.attribute("Extensibility");
        ValueSet set = new ValueSet(
                name,
                xml.attribute("Name"),
                codes,
                extensibility.equalsIgnoreCase("Closed"),
                extensibility.equalsIgnoreCase("Open"),
                xml.attribute("ContentDefinition").equalsIgnoreCase("Intensional") && codes.isEmpty());
        sets.putIfAbsent(name, set);
    }

    private static String first(XmlElement element, String... attributes) {
        for (String attribute : attributes) {
            if (!element.attribute(attribute).isEmpty()) {
                return element.attribute(attribute);
            }
        }
        return "";
    }

    /** The set of that name; null where no library has it. Tables of HL7 are called 0001 and HL70001. */
    @Nullable
    ValueSet find(String name) {
        ValueSet set = sets.get(name);
        if (set == null && name.matches("HL7[0-9]{4}")) {
            set = sets.get(name.substring("HL7".length()));
        }
        if (set == null && name.matches("[0-9]{4}")) {
            set = sets.get("HL7" + name);
        }
        return set;
    }

    /** One that has the codes of all; null where not all of them have codes. */
    @Nullable
    ValueSet union(List<String> names) {
        Map<String, String> codes = new LinkedHashMap<>();
        boolean open = false;
        for (String name : names) {
            ValueSet set = find(name);
            if (set == null || set.codes().isEmpty()) {
                return null;
            }
            set.codes().forEach(codes::putIfAbsent);
            open |= set.open();
        }
        String name = String.join("-", names);
        return new ValueSet(name, name, codes, false, open, false);
    }

    /** Whether a library says that values are not checked against it. */
    boolean isNotValidated(String name) {
        return notValidated.contains(name);
    }

    boolean isEmpty() {
        return sets.isEmpty();
    }
}
