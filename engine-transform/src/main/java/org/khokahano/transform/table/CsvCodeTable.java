package org.khokahano.transform.table;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.khokahano.table.CodeTable;
import org.khokahano.table.CodeTableBuilder;

/**
 * A code table as it was read from CSV: a header line, then a row for each code.
 *
 * @param table the rows that are right
 * @param problems all that is wrong, in the order of lines
 */
public record CsvCodeTable(CodeTable table, List<Problem> problems) {

    public CsvCodeTable {
        problems = List.copyOf(problems);
    }

    /**
     * Something wrong in the file.
     *
     * @param line from 1
     * @param column in characters, from 1
     * @param message what, without a full stop
     * @param hint what to do about it
     */
    public record Problem(int line, int column, String message, String hint) {}

    /** A table without rows. */
    public static CodeTable empty(String name) {
        return new CodeTableBuilder(name).build();
    }

    /**
     * Reads a table.
     *
     * @param bytes the file in UTF-8, with or without a byte order mark
     */
    public static CsvCodeTable read(String name, byte[] bytes) {
        CharBuffer decoded = CharBuffer.allocate(bytes.length);
        ByteBuffer input = ByteBuffer.wrap(bytes);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(input, decoded, true);
        String text = decoded.flip().toString();
        if (result.isError()) {
            return notUtf8(name, text, bytes[input.position()]);
        }
        text = text.startsWith("\uFEFF") ? text.substring(1) : text;
        CodeRows rows = new CodeRows(name, text);
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .fieldSeparator(rows.separator())
                .skipEmptyLines(true)
                .ofCsvRecord(text)) {
            for (CsvRecord row : reader) {
                if (!rows.add(row)) {
                    break;
                }
            }
        } catch (CsvParseException e) {
            rows.broken();
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory does not fail", e);
        }
        return rows.end();
    }

    /** @param before what stands before the byte */
    private static CsvCodeTable notUtf8(String name, String before, byte found) {
        int lines = (int) before.replace("\r\n", "\n")
                .chars()
                .filter(each -> each == '\n' || each == '\r')
                .count();
        int column = before.length() - Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r'));
        Problem problem = new Problem(
                lines + 1, column, String.format("the byte 0x%02X is not UTF-8", found), "save it as CSV in UTF-8");
        return new CsvCodeTable(empty(name), List.of(problem));
    }
}
