package org.khokahano.message;

/** How an encoding puts characters into bytes, as far as finding delimiters goes. */
enum ByteShape {
    /** A byte below 128 is always that ASCII character. */
    ASCII_SAFE,
    /** Escape sequences switch to two bytes a character, each of which may look like a delimiter. */
    ISO_2022,
    /** A byte of 0x81 or more takes the next one with it, which may look like a delimiter. */
    LEAD_AND_TRAIL,
    /** As lead and trail, and a trail that is a digit makes it four bytes (GB 18030). */
    LEAD_AND_TRAIL_OR_FOUR,
    /** Two bytes a unit. */
    UTF_16_BIG_ENDIAN,
    /** Two bytes a unit, the low byte first. */
    UTF_16_LITTLE_ENDIAN;

    int width() {
        return this == UTF_16_BIG_ENDIAN || this == UTF_16_LITTLE_ENDIAN ? 2 : 1;
    }
}
