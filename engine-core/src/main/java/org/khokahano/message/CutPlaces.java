package org.khokahano.message;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Where a segment may be cut in two: never inside a character or an escape sequence (2.7). */
final class CutPlaces {
    private static final byte ESCAPE = 0x1B;
    private static final int LEAD = 0x81;
    private static final int CONTINUATION_MASK = 0xC0;
    private static final int CONTINUATION = 0x80;

    private final byte[] bytes;
    private final byte[] scan;
    private final Delimiters delimiters;
    private final ByteShape shape;
    private final Width width;

    /** How many bytes a character takes. */
    private enum Width {
        ONE,
        UTF_8,
        ISO_2022,
        TWO_OVER_127,
        BY_SHAPE
    }

    CutPlaces(Message message) {
        this.bytes = message.bytes();
        this.scan = message.source().scan;
        this.delimiters = message.delimiters();
        this.shape = message.messageText().shape();
        this.width = shape.hasLeads() ? Width.BY_SHAPE : width(message.characterSet());
    }

    private static Width width(Charset charset) {
        if (charset.equals(StandardCharsets.UTF_8)) {
            return Width.UTF_8;
        }
        if (charset.name().startsWith("ISO-2022")) {
            return Width.ISO_2022;
        }
        boolean single = charset.canEncode() && charset.newEncoder().maxBytesPerChar() <= 1;
        return single ? Width.ONE : Width.TWO_OVER_127;
    }

    /**
     * The last place where it may be cut.
     *
     * @param from where the stretch begins, which is such a place
     * @param most the last place that is wanted
     * @param end where the segment ends
     * @return from, where there is no other
     */
    int lastUpTo(int from, int most, int end) {
        int at = from;
        int safe = from;
        boolean wide = false;
        while (at < most) {
            if (width == Width.ISO_2022 && bytes[at] == ESCAPE) {
                wide = at + 1 < end && bytes[at + 1] == '$';
                at = Math.min(at + (wide && at + 2 < end && bytes[at + 2] == '(' ? 4 : 3), end);
            } else if (!wide && scan[at] == delimiters.escape()) {
                at = afterEscape(at, end);
            } else {
                at = Math.min(at + lengthAt(at, end, wide), end);
            }
            if (!wide && at <= most) {
                safe = at;
            }
        }
        return safe;
    }

    /** Behind the escape sequence that begins here; behind this byte alone where none does. */
    private int afterEscape(int from, int end) {
        for (int at = from + 1; at < end; at++) {
            if (scan[at] == delimiters.escape()) {
                return at + 1;
            }
            if (delimiters.separates(scan[at])) {
                break;
            }
        }
        return from + 1;
    }

    private int lengthAt(int at, int end, boolean wide) {
        switch (width) {
            case ONE:
                return 1;
            case UTF_8:
                int next = at + 1;
                while (next < end && (bytes[next] & CONTINUATION_MASK) == CONTINUATION) {
                    next++;
                }
                return next - at;
            case ISO_2022:
                return wide ? 2 : 1;
            case TWO_OVER_127:
                return (bytes[at] & 0xFF) < LEAD ? 1 : 2;
            case BY_SHAPE:
                return shape.characterLength(bytes, at, end);
        }
        throw new AssertionError(width);
    }
}
