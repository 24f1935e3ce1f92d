package org.khokahano.transform.table;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.khokahano.table.CodeRow;
import org.khokahano.table.CodeTable;
import org.khokahano.table.CodeTableBuilder;
import org.khokahano.table.Period;
import org.khokahano.transform.table.CsvCodeTable.Problem;

/** Takes the rows of one file, the header first. */
final class CodeRows {

    private static final List<String> COLUMNS =
            List.of("code", "target", "system", "targetSystem", "display", "targetDisplay", "from", "until");
    private static final int MOST_PROBLEMS = 1_000;

    private final String text;
    private final String[] lines;
    private final CodeTableBuilder table;
    private final Map<String, Integer> columns = new HashMap<>();
    private final Map<Key, List<Valid>> seen = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private boolean headed;
    private int rows;
    private int lastLine = 1;

    private record Key(String code, String system) {}

    private record Valid(Period period, int line) {}

    CodeRows(String name, String text) {
        this.text = text;
        this.lines = text.split("\\r\\n|\\n|\\r", -1);
        this.table = new CodeTableBuilder(name);
    }

    /** Spreadsheets of some countries write semicolons. */
    char separator() {
        String header = lines[0];
        return header.indexOf(';') >= 0 && header.indexOf(',') < 0 ? ';' : ',';
    }

    /** Takes a row; false where reading on makes no sense. */
    boolean add(CsvRecord row) {
        lastLine = (int) row.getStartingLineNumber();
        if (!headed) {
            headed = true;
            return header(row);
        }
        if (rows == CodeTable.MAX_ROWS) {
            problem(0, "a code table has at most " + CodeTable.MAX_ROWS + " rows", "split it into several");
            return false;
        }
        rows++;
        if (row.getFieldCount() != columns.size()) {
            problem(
                    Math.min(row.getFieldCount(), columns.size()) - 1,
                    "the row has " + row.getFieldCount() + " columns and the header " + columns.size(),
                    "text that holds the separator stands in double quotes");
        } else {
            addRow(row);
        }
        return problems.size() < MOST_PROBLEMS;
    }

    private boolean header(CsvRecord header) {
        for (int column = 0; column < header.getFieldCount(); column++) {
            String name = header.getField(column).strip();
            if (!COLUMNS.contains(name)) {
                problem(column, "there is no column '" + name + "'", "the columns are: " + String.join(", ", COLUMNS));
            } else if (columns.put(name, column) != null) {
                problem(column, "the column '" + name + "' comes twice", "remove one of them");
            }
        }
        for (String needed : Set.of("code", "target")) {
            if (!columns.containsKey(needed)) {
                problem(0, "the column '" + needed + "' is missing", "the first line names the columns: code,target");
            }
        }
        return problems.isEmpty();
    }

    private void addRow(CsvRecord row) {
        String code = field(row, "code");
        if (code.isEmpty()) {
            problem(columns.getOrDefault("code", 0), "the code is empty", "fill it in, or remove the row");
            return;
        }
        Period period = period(row);
        if (period == null) {
            return;
        }
        String system = field(row, "system");
        List<Valid> others = seen.computeIfAbsent(new Key(code, system), key -> new ArrayList<>(1));
        for (Valid other : others) {
            if (other.period().overlaps(period)) {
                problem(
                        columns.getOrDefault("code", 0),
                        "the code '" + code + "' is in line " + other.line() + " too, and valid at the same time",
                        "remove one, or give them dates that do not overlap");
                return;
            }
        }
        others.add(new Valid(period, lastLine));
        table.add(new CodeRow(
                lastLine,
                code,
                system,
                field(row, "display"),
                field(row, "target"),
                field(row, "targetSystem"),
                field(row, "targetDisplay"),
                period));
    }

    private @Nullable Period period(CsvRecord row) {
        LocalDate from = date(row, "from", LocalDate.MIN);
        LocalDate until = date(row, "until", LocalDate.MAX);
        if (from == null || until == null) {
            return null;
        }
        if (until.isBefore(from)) {
            problem(
                    columns.getOrDefault("until", 0),
                    "the row ends before it begins",
                    "until is the last day it holds");
            return null;
        }
        return new Period(
                from.equals(LocalDate.MIN) ? Integer.MIN_VALUE : (int) from.toEpochDay(),
                until.equals(LocalDate.MAX) ? Integer.MAX_VALUE : (int) until.toEpochDay());
    }

    private @Nullable LocalDate date(CsvRecord row, String column, LocalDate ifEmpty) {
        String written = field(row, column);
        if (written.isEmpty()) {
            return ifEmpty;
        }
        try {
            return LocalDate.parse(written);
        } catch (DateTimeException e) {
            problem(columns.getOrDefault(column, 0), "'" + written + "' is not a date", "write 2026-01-31");
            return null;
        }
    }

    private String field(CsvRecord row, String column) {
        Integer index = columns.get(column);
        return index == null ? "" : row.getField(index).strip();
    }

    /** A quote that never ends, or a field without end. */
    void broken() {
        problems.add(new Problem(
                lastLine, 1, "the file cannot be read as CSV behind this line", "look for a quote that is not closed"));
    }

    CsvCodeTable end() {
        if (!headed) {
            problems.add(new Problem(1, 1, "the code table is empty", "the first line names the columns: code,target"));
        }
        return new CsvCodeTable(table.build(), problems);
    }

    private void problem(int column, String message, String hint) {
        problems.add(new Problem(lastLine, characterOf(column), message, hint));
    }

    /** Where a column begins within its line, as far as the row stays on one line. */
    private int characterOf(int column) {
        String line = lastLine <= lines.length ? lines[lastLine - 1] : text;
        boolean quoted = false;
        int left = column;
        for (int at = 0; left > 0 && at < line.length(); at++) {
            char character = line.charAt(at);
            quoted = character == '"' ? !quoted : quoted;
            if (character == separator() && !quoted && --left == 0) {
                return at + 2;
            }
        }
        return 1;
    }
}
