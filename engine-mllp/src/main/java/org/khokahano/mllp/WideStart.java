package org.khokahano.mllp;

/**
 * The beginning of another frame within one in UTF-16 (R4). A character may have the byte 0x0B, so only one with a
 * header behind it begins a frame, in UTF-16 or in single bytes: MSH, FHS or BHS, a field separator and the first of
 * the encoding characters. Three letters alone would be too often a part of a text, or of other characters.
 */
final class WideStart {

    /** Of a byte order mark, of three letters and of two delimiters, in UTF-16. */
    private static final int LONGEST_HEADER = 12;

    private int looked = 1;
    private int last = -1;
    private boolean narrow;

    /**
     * Whether a frame's end behind the bytes so far is one: a character would begin there.
     *
     * @param bytes of which only more follow from one call to the next
     */
    boolean mayEnd(byte[] bytes, int length) {
        for (; looked < length; looked++) {
            if (bytes[looked] == FrameDecoder.START) {
                beginsAt(bytes, looked, length);
            }
        }
        // A header may be here in part.
        looked = Math.max(1, length - LONGEST_HEADER);
        return narrow || (length - last - 1) % 2 == 0;
    }

    /** Where the last 0x0B stands behind which a message begins, as of the last look; -1 where none does. */
    int restart() {
        return last;
    }

    /** What follows belongs to another frame. */
    void reset() {
        looked = 1;
        last = -1;
        narrow = false;
    }

    private void beginsAt(byte[] bytes, int start, int length) {
        if (isHeader(bytes, start + 1, 1, length)) {
            last = start;
            narrow = true;
            return;
        }
        int marked = isByteOrderMark(bytes, start + 1, length) ? start + 3 : start + 1;
        // Little end first, or big end first: the zeros of the characters stand behind or before them.
        if (marked < length
                && (hasZeros(bytes, marked + 1, length) && isHeader(bytes, marked, 2, length)
                        || hasZeros(bytes, marked, length) && isHeader(bytes, marked + 1, 2, length))) {
            last = start;
            narrow = false;
        }
    }

    private static boolean isByteOrderMark(byte[] bytes, int at, int length) {
        return at + 1 < length
                && (bytes[at] == (byte) 0xFF && bytes[at + 1] == (byte) 0xFE
                        || bytes[at] == (byte) 0xFE && bytes[at + 1] == (byte) 0xFF);
    }

    private static boolean hasZeros(byte[] bytes, int from, int length) {
        boolean zeros = from + 8 < length;
        for (int i = 0; i < 5 && zeros; i++) {
            zeros = bytes[from + 2 * i] == 0;
        }
        return zeros;
    }

    /** @param step how many bytes a character has */
    private static boolean isHeader(byte[] bytes, int at, int step, int length) {
        if (at + 4 * step >= length) {
            return false;
        }
        byte first = bytes[at];
        byte second = bytes[at + step];
        byte third = bytes[at + 2 * step];
        boolean named = first == 'M'
                ? second == 'S' && third == 'H'
                : (first == 'F' || first == 'B') && second == 'H' && third == 'S';
        return named && isDelimiter(bytes[at + 3 * step]) && isDelimiter(bytes[at + 4 * step]);
    }

    private static boolean isDelimiter(byte candidate) {
        return candidate > ' ' && candidate < 0x7F && !Character.isLetterOrDigit(candidate);
    }
}
