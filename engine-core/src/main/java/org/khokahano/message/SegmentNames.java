package org.khokahano.message;

import java.nio.charset.StandardCharsets;

/** Segment names as ints: three bytes in one, so that a name is compared in one step. */
final class SegmentNames {
    /** Every segment name has three characters (2.5.2). */
    static final int LENGTH = 3;

    /** The code of a line that does not begin with a segment's name. */
    static final int UNNAMED = 0;

    static final int MSH = code("MSH");
    private static final int FHS = code("FHS");
    private static final int BHS = code("BHS");

    private SegmentNames() {}

    /** The code of a name that was checked to be one. */
    static int code(String name) {
        return (name.charAt(0) << 16) | (name.charAt(1) << 8) | name.charAt(2);
    }

    /** MSH, FHS and BHS count their separator as their first field. */
    static boolean isHeader(int code) {
        return code == MSH || code == FHS || code == BHS;
    }

    static boolean isBatch(int code) {
        return code == FHS || code == BHS;
    }

    static boolean isName(String text) {
        return text.length() == LENGTH
                && isLetter(text.charAt(0))
                && isLetterOrDigit(text.charAt(1))
                && isLetterOrDigit(text.charAt(2));
    }

    /** The name in front of the line in [from, to), or {@link #UNNAMED}. */
    static int codeAt(Source source, int from, int to) {
        byte[] scan = source.scan;
        int after = from + LENGTH;
        if (after > to) {
            return UNNAMED;
        }
        int first = scan[from];
        int second = scan[from + 1];
        int third = scan[from + 2];
        boolean named = isLetter(first)
                && isLetterOrDigit(second)
                && isLetterOrDigit(third)
                && (after == to || (scan[after] & 0xFF) == source.delimiters.field());
        return named ? (first << 16) | (second << 8) | third : UNNAMED;
    }

    static String text(int code) {
        if (code == UNNAMED) {
            return Message.UNNAMED_SEGMENT;
        }
        byte[] name = {(byte) (code >> 16), (byte) (code >> 8), (byte) code};
        return new String(name, StandardCharsets.US_ASCII);
    }

    private static boolean isLetter(int candidate) {
        return candidate >= 'A' && candidate <= 'Z';
    }

    private static boolean isLetterOrDigit(int candidate) {
        return isLetter(candidate) || (candidate >= '0' && candidate <= '9');
    }
}
