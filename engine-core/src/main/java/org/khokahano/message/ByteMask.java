package org.khokahano.message;

import java.util.Arrays;

/**
 * Fills over the bytes of characters that take several bytes and in which delimiters seem to occur:
 * in ISO 2022 Japanese the second byte of a character can be 0x7C, which is not a field separator.
 * What comes out has the same length, so every offset in it is one in the message.
 */
final class ByteMask {
    private static final byte ESCAPE = 0x1B;

    private ByteMask() {}

    /** The bytes as the scanners may see them; the same array where nothing needs hiding. */
    static byte[] over(byte[] bytes, ByteShape shape, byte filler) {
        switch (shape) {
            case ASCII_SAFE:
                return bytes;
            case ISO_2022:
                return ByteSearch.indexOf(bytes, 0, bytes.length, ESCAPE) == bytes.length
                        ? bytes
                        : iso2022(bytes, filler);
            case SHIFT_JIS:
            case GBK:
            case GB_18030:
            case BIG_5:
                return characters(bytes, shape, filler);
        }
        throw new AssertionError(shape);
    }

    /** ESC $ begins two bytes a character, ESC ( goes back to one; a line end goes back as well. */
    private static byte[] iso2022(byte[] bytes, byte filler) {
        byte[] scan = bytes.clone();
        boolean wide = false;
        int at = 0;
        while (at < bytes.length) {
            byte current = bytes[at];
            if (current == ESCAPE) {
                int length = escapeLength(bytes, at);
                byte kind = at + 1 < bytes.length ? bytes[at + 1] : 0;
                wide = kind == '$' || (wide && kind != '(');
                for (int i = at; i < at + length; i++) {
                    scan[i] = filler;
                }
                at += length;
                continue;
            }
            if (current == '\r' || current == '\n') {
                wide = false;
            } else if (wide && current > ' ') {
                scan[at] = filler;
            }
            at++;
        }
        return scan;
    }

    /** ESC, intermediate bytes 0x20 to 0x2F, and a final byte 0x30 to 0x7E (ISO 2022). */
    private static int escapeLength(byte[] bytes, int from) {
        int at = from + 1;
        while (at < bytes.length && bytes[at] >= 0x20 && bytes[at] <= 0x2F && at - from < 4) {
            at++;
        }
        boolean complete = at > from + 1 && at < bytes.length && bytes[at] >= 0x30;
        return complete ? at - from + 1 : 1;
    }

    private static byte[] characters(byte[] bytes, ByteShape shape, byte filler) {
        byte[] scan = bytes.clone();
        int at = 0;
        while (at < bytes.length) {
            int length = shape.characterLength(bytes, at, bytes.length);
            if (length > 1) {
                Arrays.fill(scan, at, at + length, filler);
            }
            at += length;
        }
        return scan;
    }
}
