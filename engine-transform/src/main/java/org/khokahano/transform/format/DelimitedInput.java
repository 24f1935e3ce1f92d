package org.khokahano.transform.format;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.khokahano.format.InputRecord;

/** One input of delimited text while it is read. */
final class DelimitedInput {

    private static final int MOST_ROWS = 100_000;
    private static final int MOST_RECORDS = 10_000;

    private final MessageLayout layout;
    private final DelimitedSettings settings;
    private final MessageMaker maker;
    private final String text;
    private final String[] lines;
    private final Map<String, Integer> columns = new HashMap<>();
    private int columnCount;

    /** The row with a quote that is not closed, and what to say of it. */
    private @Nullable Row unclosed;

    private String whyUnclosed = "";

    /** A line of the table, which may be several of the text. */
    private record Row(int line, int lastLine, List<String> values) {}

    DelimitedInput(MessageLayout layout, DelimitedSettings settings, MessageMaker maker, String text) {
        this.layout = layout;
        this.settings = settings;
        this.maker = maker;
        this.text = text;
        this.lines = text.split("\\r\\n|\\n|\\r", -1);
    }

    /** Throws where nothing can be read of the input. */
    List<InputRecord> read() throws RecordException {
        List<Row> rows = rows();
        findUnclosedQuote(rows);
        if (settings.header()) {
            if (rows.isEmpty()) {
                throw new RecordException("the input is empty; its first line names the columns");
            }
            name(rows.remove(0).values());
        } else {
            name(settings.columns());
        }
        Collection<List<Row>> together = together(rows);
        if (together.size() > MOST_RECORDS) {
            throw new RecordException("more than " + MOST_RECORDS + " messages in one input; send it in parts");
        }
        List<InputRecord> records = new ArrayList<>(together.size());
        for (List<Row> of : together) {
            byte[] raw = raw(of);
            try {
                records.add(new InputRecord.Readable(maker.make(fields(of), rowValues(of), raw, new Lines(of, 0))));
            } catch (RecordException e) {
                records.add(new InputRecord.Unreadable(raw, e.problem()));
            }
        }
        return records;
    }

    /** It is always in the last row, which is all that stands behind the quote. */
    private void findUnclosedQuote(List<Row> rows) throws RecordException {
        Character quote = settings.quote();
        int line = quote == null || rows.isEmpty() ? 0 : Quotes.lineOfUnclosed(text, settings.separator(), quote);
        if (line == 0) {
            return;
        }
        unclosed = rows.get(rows.size() - 1);
        whyUnclosed = "line " + line + ": the quote that opens here is not closed; where quotes are text, say"
                + " 'quote: off' in the format";
        if (settings.header() && rows.size() == 1) {
            throw new RecordException(whyUnclosed);
        }
    }

    private List<Row> rows() throws RecordException {
        if (text.indexOf(DelimitedSettings.NO_CHARACTER) >= 0) {
            throw new RecordException("the input holds U+FFFF, which is no character");
        }
        List<Row> rows = new ArrayList<>();
        int line = 1;
        List<String> values = List.of();
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .fieldSeparator(settings.separator())
                .quoteCharacter(settings.quoteOrNone())
                .skipEmptyLines(true)
                .ofCsvRecord(text)) {
            for (CsvRecord row : reader) {
                int next = (int) row.getStartingLineNumber();
                if (!values.isEmpty()) {
                    rows.add(new Row(line, next - 1, values));
                }
                if (rows.size() > MOST_ROWS) {
                    throw new RecordException("more than " + MOST_ROWS + " rows in one input; send it in parts");
                }
                line = next;
                values = row.getFields();
            }
        } catch (CsvParseException e) {
            throw new RecordException("line " + line + " or behind: a value is too long, or its quotes are wrong");
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory does not fail", e);
        }
        if (!values.isEmpty()) {
            rows.add(new Row(line, lines.length, values));
        }
        return rows;
    }

    private void name(List<String> names) throws RecordException {
        columnCount = names.size();
        for (int column = 0; column < names.size(); column++) {
            if (columns.put(names.get(column).strip(), column) != null) {
                throw new RecordException("line 1, column " + (column + 1) + ": the column's name comes twice");
            }
        }
        List<FieldPlace> fields = new ArrayList<>(layout.fields());
        RowLayout rows = layout.rows();
        fields.addAll(rows == null ? List.of() : rows.fields());
        for (FieldPlace field : fields) {
            if (!columns.containsKey(field.name())) {
                throw new RecordException("line 1: there is no column '" + field.name() + "'");
            }
        }
    }

    private Collection<List<Row>> together(List<Row> rows) {
        Map<Object, List<Row>> groups = new LinkedHashMap<>();
        for (Row row : rows) {
            boolean alone = settings.together().isEmpty() || row.values().size() != columnCount;
            Object key = alone
                    ? row.line()
                    : settings.together().stream().map(name -> value(row, name)).toList();
            groups.computeIfAbsent(key, first -> new ArrayList<>()).add(row);
        }
        return groups.values();
    }

    /** Values of the message itself; rows that do not agree on them are not of one message. */
    private Function<String, String> fields(List<Row> rows) throws RecordException {
        Row first = rows.get(0);
        for (Row row : rows) {
            if (row == unclosed) {
                throw new RecordException(whyUnclosed);
            }
            if (row.values().size() != columnCount) {
                throw new RecordException(
                        "line " + row.line() + ": " + row.values().size() + " columns instead of " + columnCount
                                + (settings.quote() == null ? "" : "; what holds the separator stands in quotes"));
            }
            for (FieldPlace field : layout.fields()) {
                if (!value(row, field.name()).equals(value(first, field.name()))) {
                    throw new RecordException("line " + row.line() + ", column '" + field.name()
                            + "': another value than in line " + first.line() + ", which is of the same message");
                }
            }
            checkRequired(row);
        }
        return name -> value(first, name);
    }

    private void checkRequired(Row row) throws RecordException {
        for (String name : layout.required()) {
            if (value(row, name).isEmpty()) {
                throw new RecordException("line " + row.line() + ", column '" + name + "': a value is missing");
            }
        }
    }

    private List<Function<String, String>> rowValues(List<Row> rows) {
        List<Function<String, String>> values = new ArrayList<>(rows.size());
        rows.forEach(row -> values.add(name -> value(row, name)));
        return values;
    }

    private String value(Row row, String column) {
        Integer index = columns.get(column);
        return index == null ? "" : row.values().get(index).strip();
    }

    /** The lines of a record, below the header as it came. */
    private byte[] raw(List<Row> rows) {
        StringBuilder raw = new StringBuilder();
        if (settings.header()) {
            raw.append(lines[0]).append('\n');
        }
        for (Row row : rows) {
            for (int line = row.line(); line <= row.lastLine() && line <= lines.length; line++) {
                if (!lines[line - 1].isEmpty()) {
                    raw.append(lines[line - 1]).append('\n');
                }
            }
        }
        return raw.toString().getBytes(settings.charset());
    }

    private record Lines(List<Row> rows, int index) implements MessageMaker.Where {
        @Override
        public String field(String name) {
            return "line " + rows.get(index).line() + ", column '" + name + "'";
        }

        @Override
        public MessageMaker.Where row(int row) {
            return new Lines(rows, row);
        }
    }
}
