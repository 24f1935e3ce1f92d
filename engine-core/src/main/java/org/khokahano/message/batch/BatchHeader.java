package org.khokahano.message.batch;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An FHS, BHS, BTS or FTS segment, its fields numbered as HL7 does: of the headers the first is the
 * separator itself. Fields are bytes as they came, so that an answer can give them back.
 */
public final class BatchHeader {

    /** FHS-3 or BHS-3: the application that sent it. */
    public static final int SENDING_APPLICATION = 3;

    /** FHS-4 or BHS-4. */
    public static final int SENDING_FACILITY = 4;

    /** FHS-5 or BHS-5. */
    public static final int RECEIVING_APPLICATION = 5;

    /** FHS-6 or BHS-6. */
    public static final int RECEIVING_FACILITY = 6;

    /** FHS-11 or BHS-11: the id of the file or batch. */
    public static final int CONTROL_ID = 11;

    /** FHS-12 or BHS-12: the id of the file or batch that this one answers. */
    public static final int REFERENCE_CONTROL_ID = 12;

    private static final int NAME_LENGTH = 3;
    private static final byte[] NOTHING = {};

    private final byte separator;
    private final List<byte[]> fields;

    private BatchHeader(byte separator, List<byte[]> fields) {
        this.separator = separator;
        this.fields = fields;
    }

    /** Reads FHS or BHS, which names its own separator. */
    static BatchHeader header(byte[] segment) {
        byte separator = segment.length > NAME_LENGTH ? segment[NAME_LENGTH] : (byte) '|';
        return new BatchHeader(separator, split(segment, NAME_LENGTH, separator));
    }

    /** Reads BTS or FTS; of a trailer, the first field is that behind the first separator. */
    static BatchHeader trailer(byte[] segment) {
        byte separator = segment.length > NAME_LENGTH ? segment[NAME_LENGTH] : (byte) '|';
        return new BatchHeader(separator, split(segment, NAME_LENGTH + 1, separator));
    }

    /** The parts from there on; of a header that is at its separator, so that its first part is empty. */
    private static List<byte[]> split(byte[] segment, int from, byte separator) {
        List<byte[]> parts = new ArrayList<>();
        int begin = Math.min(from, segment.length);
        for (int at = begin; at < segment.length; at++) {
            if (segment[at] == separator) {
                parts.add(Arrays.copyOfRange(segment, begin, at));
                begin = at + 1;
            }
        }
        parts.add(Arrays.copyOfRange(segment, begin, segment.length));
        return parts;
    }

    /** The field separator, FHS-1 or BHS-1. */
    public byte separator() {
        return separator;
    }

    /** A field as it came; empty where there is none. */
    public byte[] raw(int field) {
        return field <= fields.size() ? fields.get(field - 1).clone() : NOTHING;
    }

    /** A field as text; empty where there is none. */
    public String text(int field) {
        return new String(raw(field), StandardCharsets.ISO_8859_1).strip();
    }
}
