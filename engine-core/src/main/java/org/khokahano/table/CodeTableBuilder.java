package org.khokahano.table;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Collects the rows of a code table. Used by one thread, and once. */
public final class CodeTableBuilder {

    private static final int MAX_TEXT_BYTES = 512 * 1024 * 1024;

    private final String name;
    private int rows;
    private int column;
    private int length;
    private byte[] text = new byte[1024];
    private int[] starts = new int[16 * CodeTable.COLUMNS + 1];
    private int[] lines = new int[16];
    private int[] fromDays = new int[16];
    private int[] untilDays = new int[16];

    public CodeTableBuilder(String name) {
        this.name = name;
    }

    /**
     * Adds a row behind the others.
     *
     * @throws IllegalStateException when the table is full
     */
    public void add(CodeRow row) {
        if (rows == CodeTable.MAX_ROWS) {
            throw new IllegalStateException("a code table has at most " + CodeTable.MAX_ROWS + " rows");
        }
        if (rows == lines.length) {
            grow();
        }
        append(row.code());
        append(row.system());
        append(row.display());
        append(row.target());
        append(row.targetSystem());
        append(row.targetDisplay());
        lines[rows] = row.line();
        fromDays[rows] = row.period().fromDay();
        untilDays[rows] = row.period().untilDay();
        rows++;
        starts[rows * CodeTable.COLUMNS] = length;
        column = 0;
    }

    private void append(String value) {
        starts[rows * CodeTable.COLUMNS + column++] = length;
        if (value.isEmpty()) {
            return;
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        if (length + (long) bytes.length > MAX_TEXT_BYTES) {
            throw new IllegalStateException("a code table has at most " + MAX_TEXT_BYTES + " bytes of text");
        }
        if (length + bytes.length > text.length) {
            text = Arrays.copyOf(text, Math.max(length + bytes.length, text.length * 2));
        }
        System.arraycopy(bytes, 0, text, length, bytes.length);
        length += bytes.length;
    }

    private void grow() {
        int more = rows * 2;
        starts = Arrays.copyOf(starts, more * CodeTable.COLUMNS + 1);
        lines = Arrays.copyOf(lines, more);
        fromDays = Arrays.copyOf(fromDays, more);
        untilDays = Arrays.copyOf(untilDays, more);
    }

    /** The table, with no room left over. */
    public CodeTable build() {
        return new CodeTable(
                name,
                rows,
                Arrays.copyOf(text, length),
                Arrays.copyOf(starts, rows * CodeTable.COLUMNS + 1),
                Arrays.copyOf(lines, rows),
                Arrays.copyOf(fromDays, rows),
                Arrays.copyOf(untilDays, rows));
    }
}
