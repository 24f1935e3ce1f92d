package org.khokahano.message;

import java.util.List;

/** How an encoding puts characters into bytes, as far as finding delimiters goes. */
enum ByteShape {
    /** A byte below 128 is always that ASCII character. */
    ASCII_SAFE,
    /** Escape sequences switch to two bytes a character, each of which may look like a delimiter. */
    ISO_2022,
    /** Two bytes a character, the second of which may look like a delimiter; half-width katakana have one. */
    SHIFT_JIS,
    /** Two bytes a character, the second of which may look like a delimiter. */
    GBK,
    /** As GBK, and four bytes where the second is a digit. */
    GB_18030,
    /** Two bytes a character, the second of which may look like a delimiter. */
    BIG_5;

    /** Those in which a byte of 128 and more may take one with it that looks like a delimiter. */
    static final List<ByteShape> WITH_LEADS = List.of(SHIFT_JIS, GBK, GB_18030, BIG_5);

    boolean hasLeads() {
        return this == SHIFT_JIS || this == GBK || this == GB_18030 || this == BIG_5;
    }

    /**
     * How many bytes the character has that begins at this place, in a shape with leads. A byte that
     * cannot begin one, or that is followed by what cannot go on with it, stands alone: what is cut off
     * or broken takes no delimiter with it.
     */
    int characterLength(byte[] bytes, int at, int end) {
        if (bytes[at] >= 0 || at + 1 >= end || !isLead(bytes[at] & 0xFF)) {
            return 1;
        }
        int trail = bytes[at + 1] & 0xFF;
        if (this == GB_18030 && isDigit(trail)) {
            boolean whole = at + 3 < end && isLead(bytes[at + 2] & 0xFF) && isDigit(bytes[at + 3] & 0xFF);
            return whole ? 4 : 1;
        }
        return isTrail(trail) ? 2 : 1;
    }

    private boolean isLead(int candidate) {
        if (this == SHIFT_JIS) {
            return (candidate >= 0x81 && candidate <= 0x9F) || (candidate >= 0xE0 && candidate <= 0xFC);
        }
        return candidate >= 0x81 && candidate <= 0xFE;
    }

    private boolean isTrail(int candidate) {
        if (candidate >= 0x40 && candidate <= 0x7E) {
            return true;
        }
        return switch (this) {
            case SHIFT_JIS -> candidate >= 0x80 && candidate <= 0xFC;
            case BIG_5 -> candidate >= 0xA1 && candidate <= 0xFE;
            default -> candidate >= 0x80 && candidate <= 0xFE;
        };
    }

    private static boolean isDigit(int candidate) {
        return candidate >= '0' && candidate <= '9';
    }
}
