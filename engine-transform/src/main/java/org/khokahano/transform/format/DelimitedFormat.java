package org.khokahano.transform.format;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.khokahano.format.FormatOutcome;
import org.khokahano.format.InputFormat;
import org.khokahano.format.InputRecord;
import org.khokahano.format.OutputFormat;
import org.khokahano.message.Message;

/** Delimited text: CSV and its kin. */
public final class DelimitedFormat implements InputFormat, OutputFormat {

    private static final Set<String> MEDIA_TYPES = Set.of("text/csv", "text/plain", "application/csv");

    private final MessageLayout layout;
    private final DelimitedSettings settings;
    private final MessageMaker maker;
    private final Map<String, FieldPlace> written = new LinkedHashMap<>();

    public DelimitedFormat(MessageLayout layout, DelimitedSettings settings) {
        this.layout = layout;
        this.settings = settings;
        this.maker = new MessageMaker(layout);
        layout.fields().forEach(field -> written.put(field.name(), field));
        RowLayout rows = layout.rows();
        if (rows != null) {
            rows.fields().forEach(field -> written.put(field.name(), field));
        }
    }

    @Override
    public Set<String> mediaTypes() {
        return MEDIA_TYPES;
    }

    @Override
    public String mediaType() {
        return "text/csv; charset=" + settings.charset().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<InputRecord> read(byte[] input) {
        CharBuffer text = CharBuffer.allocate(input.length + 1);
        ByteBuffer bytes = ByteBuffer.wrap(input);
        CharsetDecoder decoder = settings.charset().newDecoder();
        if (decoder.decode(bytes, text, true).isError()) {
            long line = text.flip().toString().lines().count();
            String problem = "line " + Math.max(1, line) + ": byte " + (bytes.position() + 1)
                    + " of the input is no character of " + settings.charset().name()
                    + "; 'charset' of the format names another character set";
            return List.of(new InputRecord.Unreadable(input, problem));
        }
        String decoded = text.flip().toString();
        String plain = decoded.startsWith("\uFEFF") ? decoded.substring(1) : decoded;
        try {
            return new DelimitedInput(layout, settings, maker, plain).read();
        } catch (RecordException e) {
            return List.of(new InputRecord.Unreadable(input, e.problem()));
        }
    }

    @Override
    public FormatOutcome write(Message message) {
        MessageReading reading = new MessageReading(message, layout);
        String problem = reading.problem();
        if (!problem.isEmpty()) {
            return new FormatOutcome.Unsayable(problem);
        }
        List<String> columns = settings.columns().isEmpty() ? List.copyOf(written.keySet()) : settings.columns();
        List<List<String>> lines = new ArrayList<>();
        if (settings.header()) {
            lines.add(columns);
        }
        // Without rows the message is a line by itself.
        for (int row = 0; row < Math.max(1, reading.rowCount()); row++) {
            lines.add(line(reading, columns, row));
        }
        Character quote = settings.quote();
        return quote == null ? plain(lines, columns) : encoded(quoted(lines, quote), settings.charset());
    }

    private String quoted(List<List<String>> lines, char quote) {
        StringWriter text = new StringWriter();
        CsvWriter writer = CsvWriter.builder()
                .fieldSeparator(settings.separator())
                .quoteCharacter(quote)
                .lineDelimiter(LineDelimiter.CRLF)
                .build(text);
        lines.forEach(writer::writeRecord);
        return text.toString();
    }

    /** Without quotes there is no way to write what would be read as something else. */
    private FormatOutcome plain(List<List<String>> lines, List<String> columns) {
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            for (int column = 0; column < line.size(); column++) {
                String value = line.get(column);
                if (value.indexOf(settings.separator()) >= 0 || value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
                    return new FormatOutcome.Unsayable("column '" + columns.get(column)
                            + "': the value holds the separator or a line break, and the format has no quotes");
                }
                text.append(column == 0 ? "" : settings.separator()).append(value);
            }
            text.append("\r\n");
        }
        return encoded(text.toString(), settings.charset());
    }

    private List<String> line(MessageReading reading, List<String> columns, int row) {
        RowLayout rows = layout.rows();
        List<String> line = new ArrayList<>(columns.size());
        for (String column : columns) {
            FieldPlace field = written.get(column);
            String value = "";
            if (field != null && rows != null && rows.fields().contains(field)) {
                value = row < reading.rowCount() ? reading.row(row, field) : "";
            } else if (field != null) {
                value = reading.field(field);
            }
            // A table knows no null beside what is empty.
            line.add(value.equals("\"\"") ? "" : value);
        }
        return line;
    }

    private static FormatOutcome encoded(String text, Charset charset) {
        try {
            ByteBuffer encoded = charset.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return new FormatOutcome.Written(bytes);
        } catch (CharacterCodingException e) {
            return new FormatOutcome.Unsayable("the message holds a character that " + charset.name() + " has not");
        }
    }
}
