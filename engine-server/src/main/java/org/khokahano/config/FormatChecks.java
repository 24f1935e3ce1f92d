package org.khokahano.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.khokahano.config.FormatConfig.DelimitedConfig;
import org.khokahano.config.FormatConfig.JsonConfig;
import org.khokahano.config.FormatConfig.RowsConfig;
import org.khokahano.config.FormatConfig.TextConfig;
import org.khokahano.config.FormatConfig.XmlConfig;
import org.khokahano.config.problem.Location;
import org.khokahano.config.problem.Problems;
import org.khokahano.config.problem.Suggestion;
import org.khokahano.config.read.Placed;
import org.khokahano.config.yaml.Locations;
import org.khokahano.message.MessagePath;
import org.khokahano.message.definition.Hl7Definitions;
import org.khokahano.transform.format.TextTemplate;
import org.khokahano.transform.format.TextTemplate.InvalidTemplateException;

/** Formats: their paths against what HL7 defines, their names against each other, and their use. */
final class FormatChecks {
    private static final String LONE_SEGMENT = "write its name, such as OBX";

    private final EngineConfig config;
    private final Locations locations;
    private final Problems problems;
    private final StepChecks paths;

    FormatChecks(EngineConfig config, Locations locations, Problems problems) {
        this.config = config;
        this.locations = locations;
        this.problems = problems;
        this.paths = new StepChecks(new Hl7Definitions(), Set.of(), problems);
    }

    void check() {
        config.formats().forEach(this::check);
        config.listeners()
                .forEach((name, listener) -> listener.format().ifPresent(format -> {
                    FormatConfig used = config.formats().get(format);
                    if (used != null && used.message().isEmpty() && !(used.kind() instanceof XmlConfig)) {
                        problems.error(
                                locations.value("listeners", name, "format"),
                                "the format '" + format + "' does not say which messages are made of it",
                                "add 'message' to it: {type: ORU^R01^ORU_R01, version: 2.5.1}");
                    }
                }));
    }

    private void check(String name, FormatConfig format) {
        new MappingChecks(Map.of(), Set.of(), problems).checkTypes(format.message());
        String version = format.message().isPresent() ? format.version() : null;
        checkPaths(format.fields(), version, null);
        checkConstants(format.constants(), version, "formats", name, "constants");
        format.rows().ifPresent(rows -> checkRows(name, rows, version));
        if (format.kind() instanceof XmlConfig || format.kind() instanceof TextConfig) {
            checkOwnLayout(name, format);
        } else {
            checkNames(format);
        }
        if (format.kind() instanceof TextConfig text) {
            checkTemplate(text);
        }
        if (format.kind() instanceof DelimitedConfig delimited) {
            checkColumns(name, format, delimited);
        } else if (format.kind() instanceof JsonConfig) {
            checkPointers(name, format);
        }
    }

    /** XML is the whole message, and a template says by itself what stands where. */
    private void checkOwnLayout(String name, FormatConfig format) {
        boolean xml = format.kind() instanceof XmlConfig;
        Map<String, Boolean> written = new LinkedHashMap<>();
        written.put("fields", !format.fields().isEmpty());
        written.put("rows", format.rows().isPresent());
        written.put("together", !format.together().isEmpty());
        written.put("message", xml && format.message().isPresent());
        written.put("constants", xml && !format.constants().isEmpty());
        written.put("required", xml && !format.required().isEmpty());
        written.forEach((key, is) -> {
            if (is) {
                problems.error(
                        locations.key("formats", name, key),
                        "'" + key + "' has no meaning in " + (xml ? "xml" : "a template"),
                        xml ? "the XML holds the whole message" : "the template says what stands where");
            }
        });
    }

    private void checkTemplate(TextConfig text) {
        if (text.text().isEmpty()) {
            problems.error(text.template().place(), "the template cannot be read as text", "save it in UTF-8");
            return;
        }
        try {
            TextTemplate.parse(text.text().get());
        } catch (InvalidTemplateException e) {
            problems.error(
                    text.template().place(),
                    "line " + e.line() + " of the template: " + e.problem(),
                    "places are written {PID-3.1}, and what repeats {each OBX}...{end}");
        }
    }

    private void checkRows(String name, RowsConfig rows, @Nullable String version) {
        Placed<String> segment = rows.segment();
        if (!segment.value().matches("[A-Z][A-Z0-9]{2}") || segment.value().equals("MSH")) {
            problems.error(segment.place(), "'" + segment.value() + "' is not a segment that repeats", LONE_SEGMENT);
            return;
        }
        checkPaths(rows.fields(), version, "rows");
        checkConstants(rows.constants(), version, "formats", name, "rows", "constants");
        rows.number().ifPresent(number -> checkPaths(Map.of("number", number), version, "rows"));
    }

    private void checkPaths(Map<String, Placed<String>> fields, @Nullable String version, @Nullable String rows) {
        for (Placed<String> written : fields.values()) {
            int before = problems.errors();
            paths.field(written, version);
            if (problems.errors() == before) {
                checkPlace(written.place(), MessagePath.parse(written.value()), rows != null);
            }
        }
    }

    private void checkPlace(Location place, MessagePath path, boolean inRows) {
        if (path.segment().equals("MSH") && path.field() <= 2) {
            problems.error(place, "MSH-1 and MSH-2 are the delimiters of a message", "name another field");
        } else if (path.occurrence() == MessagePath.EACH || path.repetition() == MessagePath.EACH) {
            problems.error(place, "a field has one place, not several", "write a number in the place of '*'");
        } else if (inRows && path.occurrence() != MessagePath.UNSAID) {
            problems.error(place, "each row has segments of its own", "leave the segment's number out");
        }
    }

    private void checkConstants(Map<String, Placed<String>> constants, @Nullable String version, String... where) {
        for (String written : constants.keySet()) {
            List<String> key = new ArrayList<>(List.of(where));
            key.add(written);
            Location place = locations.key(key.toArray(new String[0]));
            int before = problems.errors();
            paths.field(new Placed<>(written, place), version);
            if (problems.errors() == before) {
                checkPlace(place, MessagePath.parse(written), where.length > 3);
            }
        }
    }

    /** What 'required' and 'together' name must be there. */
    private void checkNames(FormatConfig format) {
        Set<String> all = names(format);
        if (format.kind() instanceof DelimitedConfig delimited
                && !delimited.columns().containsAll(all)) {
            // A field that is misspelt is told; what is missing here may be what was meant there.
            all.addAll(delimited.columns());
        }
        for (Placed<String> name : format.required()) {
            if (!all.contains(name.value())) {
                unknown(name, all);
            }
        }
        if (format.kind() instanceof DelimitedConfig) {
            format.together().stream()
                    .filter(name -> !all.contains(name.value()))
                    .forEach(name -> unknown(name, all));
        } else {
            format.together().stream()
                    .limit(1)
                    .forEach(name -> problems.error(
                            name.place(), "only the rows of a table are put together", "remove 'together'"));
        }
    }

    private void unknown(Placed<String> name, Set<String> all) {
        problems.error(
                name.place(),
                "the format has no field '" + name.value() + "'",
                Suggestion.hint(name.value(), all, "fields"));
    }

    private static Set<String> names(FormatConfig format) {
        Set<String> all = new HashSet<>(format.fields().keySet());
        format.rows().ifPresent(rows -> all.addAll(rows.fields().keySet()));
        return all;
    }

    private void checkColumns(String name, FormatConfig format, DelimitedConfig delimited) {
        if (!delimited.columns().isEmpty()) {
            Set<String> columns = Set.copyOf(delimited.columns());
            checkColumns(format.fields().keySet(), columns, "formats", name, "fields");
            format.rows()
                    .ifPresent(
                            rows -> checkColumns(rows.fields().keySet(), columns, "formats", name, "rows", "fields"));
        }
        format.rows()
                .flatMap(RowsConfig::at)
                .ifPresent(at -> problems.error(
                        at.place(),
                        "the rows of a table are its lines",
                        "remove 'at'; 'together' says which are one message"));
        if (!format.together().isEmpty() && format.rows().isEmpty()) {
            problems.error(
                    locations.key("formats", name, "together"),
                    "what of the further rows would be lost is not said",
                    "add 'rows' with the segment that each row makes");
        }
    }

    private void checkColumns(Set<String> fields, Set<String> columns, String... where) {
        for (String field : fields) {
            if (!columns.contains(field)) {
                List<String> key = new ArrayList<>(List.of(where));
                key.add(field);
                problems.error(
                        locations.key(key.toArray(new String[0])),
                        "'" + field + "' is not among the columns",
                        Suggestion.hint(field, columns, "columns"));
            }
        }
    }

    private void checkPointers(String name, FormatConfig format) {
        List<String> pointers = new ArrayList<>(format.fields().keySet());
        Optional<RowsConfig> rows = format.rows();
        if (rows.isPresent()) {
            if (rows.get().at().isEmpty()) {
                problems.error(
                        locations.key("formats", name, "rows"),
                        "where the rows are is not said",
                        "add 'at' with a JSON pointer, such as /results");
            }
            rows.get().at().ifPresent(at -> pointers.add(at.value()));
            rows.get()
                    .fields()
                    .keySet()
                    .forEach(pointer -> checkPointer(
                            pointer,
                            List.copyOf(rows.get().fields().keySet()),
                            "formats",
                            name,
                            "rows",
                            "fields",
                            pointer));
        }
        format.fields()
                .keySet()
                .forEach(pointer -> checkPointer(pointer, pointers, "formats", name, "fields", pointer));
    }

    private void checkPointer(String pointer, List<String> others, String... key) {
        if (!pointer.matches("(?:/[^/]+)+")) {
            problems.error(
                    locations.key(key),
                    "'" + pointer + "' is not a JSON pointer",
                    "write it with slashes: /" + pointer.replace('.', '/').replaceAll("^/+|/+$", ""));
        }
        others.stream()
                .filter(other -> other.startsWith(pointer + "/"))
                .limit(1)
                .forEach(other -> problems.error(
                        locations.key(key),
                        "'" + pointer + "' cannot be a value and hold '" + other + "'",
                        "remove one of them"));
    }
}
