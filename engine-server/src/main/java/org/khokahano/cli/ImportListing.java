package org.khokahano.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.khokahano.conformance.load.ImportNote;
import org.khokahano.conformance.load.ImportedProfile;

/** What an import carried over and what not, for people and for programs. */
final class ImportListing {
    /** Of one reason; the others are counted, and --json has them all. */
    private static final int MOST_SHOWN = 5;

    private ImportListing() {}

    static void print(Map<ImportedProfile, Path> files, PrintWriter out) {
        files.forEach((profile, file) -> {
            out.println(file + ": profile " + profile.name() + " of " + profile.message());
            String carried = profile.carried().entrySet().stream()
                    .map(entry ->
                            entry.getValue() + " " + (entry.getValue() == 1 ? one(entry.getKey()) : entry.getKey()))
                    .collect(Collectors.joining(", "));
            out.println("  carried over: " + (carried.isEmpty() ? "nothing" : carried));
            print(profile, ImportNote.Kind.CHANGED, "carried over, and a little different", out);
            print(profile, ImportNote.Kind.LEFT_OUT, "not carried over", out);
        });
    }

    /** {@code data types} and {@code types by another field} of one. */
    private static String one(String several) {
        return several.replaceFirst("ies\\b", "y").replaceFirst("s\\b", "");
    }

    private static void print(ImportedProfile profile, ImportNote.Kind kind, String title, PrintWriter out) {
        Map<String, List<ImportNote>> byReason = new LinkedHashMap<>();
        profile.notes().stream()
                .filter(note -> note.kind() == kind)
                .forEach(note -> byReason.computeIfAbsent(note.why(), none -> new ArrayList<>())
                        .add(note));
        if (byReason.isEmpty()) {
            return;
        }
        long count =
                profile.notes().stream().filter(note -> note.kind() == kind).count();
        out.println("  " + title + ": " + count);
        byReason.forEach((why, notes) -> {
            out.println("    " + why + (notes.size() > 1 ? " (" + notes.size() + ")" : ""));
            notes.stream().limit(MOST_SHOWN).forEach(note -> out.println("      " + located(note)));
            if (notes.size() > MOST_SHOWN) {
                out.println("      and " + (notes.size() - MOST_SHOWN) + " more: --json has all");
            }
        });
    }

    private static String located(ImportNote note) {
        String place = note.place().isEmpty() ? "" : note.place() + ": ";
        return note.file() + ':' + note.line() + ':' + note.column() + ": " + place + note.what();
    }

    static JsonNode json(Map<ImportedProfile, Path> files) {
        ObjectMapper json = new ObjectMapper();
        ArrayNode profiles = json.createArrayNode();
        files.forEach((profile, file) -> {
            ObjectNode one = profiles.addObject();
            one.put("profile", profile.name());
            one.put("file", file.toString());
            one.put("message", profile.message());
            ObjectNode carried = one.putObject("carried");
            profile.carried().forEach(carried::put);
            ArrayNode notes = one.putArray("notes");
            for (ImportNote note : profile.notes()) {
                notes.addObject()
                        .put("kind", note.kind().name().toLowerCase(Locale.ROOT))
                        .put("file", note.file())
                        .put("line", note.line())
                        .put("column", note.column())
                        .put("place", note.place())
                        .put("what", note.what())
                        .put("why", note.why());
            }
        });
        return profiles;
    }
}
