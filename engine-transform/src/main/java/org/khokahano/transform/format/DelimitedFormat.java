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
            String problem = "byte " + (bytes.position() + 1) + " is no character of "
                    + settings.charset().name();
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
        StringWriter text = new StringWriter();
        CsvWriter writer = CsvWriter.builder()
                .fieldSeparator(settings.separator())
                .quoteCharacter(settings.quote())
                .lineDelimiter(LineDelimiter.CRLF)
                .build(text);
        if (settings.header()) {
            writer.writeRecord(columns);
        }
        // Without rows the message is a line by itself.
        for (int row = 0; row < Math.max(1, reading.rowCount()); row++) {
            writer.writeRecord(line(reading, columns, row));
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
