package org.khokahano.message;

import java.util.Arrays;

/** One segment, to walk through all its fields; for a single value a path is cheaper. */
public final class Segment {
    private final Message message;
    private final Source source;
    private final int code;
    private final int position;

    /** Field n is between starts[n - 1] and starts[n] less one separator. */
    private final int[] starts;

    private final int fieldCount;

    Segment(Message message, Source source, int position, int from, int to) {
        this.message = message;
        this.source = source;
        this.position = position;
        this.code = SegmentNames.codeAt(source, from, to);
        int separator = source.delimiters.field();
        int first = SegmentNames.isHeader(code) ? 1 : 0;
        int separators = ByteSearch.count(source.scan, from, to, separator);
        fieldCount = separators == 0 ? 0 : separators + first;
        starts = new int[fieldCount + 1];
        int at = ByteSearch.indexOf(source.scan, from, to, separator);
        int field = 0;
        if (first == 1 && fieldCount > 0) {
            starts[field++] = at;
        }
        while (field < fieldCount) {
            starts[field++] = at + 1;
            at = ByteSearch.indexOf(source.scan, at + 1, to, separator);
        }
        starts[fieldCount] = to + 1;
    }

    /** The segment's name, or {@link Message#UNNAMED_SEGMENT} for a line that has none. */
    public String name() {
        return SegmentNames.text(code);
    }

    /** Which segment of the message, from 0. */
    public int position() {
        return position;
    }

    /** How many fields there are; MSH-1 counts, as HL7 numbers it. */
    public int fieldCount() {
        return fieldCount;
    }

    /** Field n (from 1) as text, delimiters still in it; "" where there is no such field. */
    public String text(int field) {
        return has(field) ? message.decode(start(field), end(field), true) : "";
    }

    /** The bytes of field n (from 1) as they came. */
    public byte[] raw(int field) {
        return has(field) ? Arrays.copyOfRange(source.bytes, start(field), end(field)) : new byte[0];
    }

    /** What stands in field n (from 1). */
    public Presence presence(int field) {
        return FieldScanner.presence(
                source, has(field) ? FieldScanner.bounds(start(field), end(field)) : FieldScanner.ABSENT);
    }

    private boolean has(int field) {
        return field >= 1 && field <= fieldCount;
    }

    private int start(int field) {
        return starts[field - 1];
    }

    private int end(int field) {
        return FieldScanner.isDelimiters(code, field) && field == 1 ? start(field) + 1 : starts[field] - 1;
    }

    /** Name and number of fields, no content. */
    @Override
    public String toString() {
        return name() + " with " + fieldCount + " fields";
    }
}
