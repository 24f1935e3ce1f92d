package org.khokahano.bench.load;

import java.nio.charset.StandardCharsets;

/** Finding and writing in a message's bytes without making strings of them. */
final class Bytes {
    private Bytes() {}

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The first place of the pattern in bytes[0, length), or -1. */
    static int indexOf(byte[] bytes, int length, byte[] pattern) {
        for (int start = 0; start <= length - pattern.length; start++) {
            if (startsWith(bytes, start, pattern)) {
                return start;
            }
        }
        return -1;
    }

    /** The last place of the pattern in bytes[0, length), or -1. */
    static int lastIndexOf(byte[] bytes, int length, byte[] pattern) {
        for (int start = length - pattern.length; start >= 0; start--) {
            if (startsWith(bytes, start, pattern)) {
                return start;
            }
        }
        return -1;
    }

    static boolean startsWith(byte[] bytes, int start, byte[] pattern) {
        if (start + pattern.length > bytes.length) {
            return false;
        }
        for (int index = 0; index < pattern.length; index++) {
            if (bytes[start + index] != pattern[index]) {
                return false;
            }
        }
        return true;
    }

    /** Where a field starts, counting separators from the start of a segment; -1 past its end. */
    static int fieldStart(byte[] bytes, int length, int segmentStart, int separators) {
        int seen = 0;
        for (int index = segmentStart; index < length && bytes[index] != '\r'; index++) {
            if (bytes[index] == '|' && ++seen == separators) {
                return index + 1;
            }
        }
        return -1;
    }

    /** Where the field that starts here ends: at a separator, a segment's end or the end. */
    static int fieldEnd(byte[] bytes, int length, int start) {
        int index = start;
        while (index < length && bytes[index] != '|' && bytes[index] != '\r') {
            index++;
        }
        return index;
    }

    /** Writes a decimal number with leading zeros over a fixed width. */
    static void writeDecimal(byte[] bytes, int start, int width, long value) {
        long rest = value;
        for (int index = start + width - 1; index >= start; index--) {
            bytes[index] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** Reads an unsigned decimal number, or -1 if it is empty, too long or not one. */
    static long readDecimal(byte[] bytes, int start, int end) {
        if (end <= start || end - start > 18) {
            return -1;
        }
        long value = 0;
        for (int index = start; index < end; index++) {
            int digit = bytes[index] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
