package org.khokahano.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.khokahano.table.CodeRow;
import org.khokahano.table.CodeTable;

/** Which rows of a code table differ, by their codes: the rows are found by their code and system. */
final class TableChanges {

    private static final int CODES_SHOWN = 5;

    private TableChanges() {}

    /** In words; empty where no row differs. */
    static String between(CodeTable before, CodeTable after) {
        Map<String, List<String>> old = rows(before);
        Map<String, List<String>> now = rows(after);
        List<String> added = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        now.forEach((code, rows) -> {
            List<String> earlier = old.get(code);
            if (earlier == null) {
                added.add(code);
            } else if (!earlier.equals(rows)) {
                changed.add(code);
            }
        });
        old.keySet().stream().filter(code -> !now.containsKey(code)).forEach(removed::add);
        List<String> words = new ArrayList<>();
        tell("added", added, words);
        tell("changed", changed, words);
        tell("removed", removed, words);
        return String.join("; ", words);
    }

    private static Map<String, List<String>> rows(CodeTable table) {
        Map<String, List<String>> rows = new HashMap<>();
        for (int i = 0; i < table.size(); i++) {
            CodeRow row = table.row(i);
            String code = row.system().isEmpty() ? row.code() : row.code() + "^" + row.system();
            rows.computeIfAbsent(code, any -> new ArrayList<>(1))
                    .add(String.join(
                            "\t",
                            row.display(),
                            row.target(),
                            row.targetSystem(),
                            row.targetDisplay(),
                            String.valueOf(row.period())));
        }
        return rows;
    }

    private static void tell(String what, List<String> codes, List<String> words) {
        if (codes.isEmpty()) {
            return;
        }
        List<String> shown = codes.stream().sorted().limit(CODES_SHOWN).toList();
        words.add(codes.size() + (codes.size() == 1 ? " code " : " codes ") + what + " (" + String.join(", ", shown)
                + (codes.size() > shown.size() ? ", ..." : "") + ")");
    }
}
