package org.khokahano.message;

/** Something odd that was tolerated when a message was read (rules R12, R48 to R55). */
public enum Warning {
    /** A byte order mark stands before MSH. */
    BYTE_ORDER_MARK("a byte order mark stands before MSH"),
    /** Framing bytes, blank lines or white space stand before MSH. */
    BYTES_BEFORE_MSH("framing bytes or blank lines stand before MSH"),
    /** A second end of frame follows the last segment: the message was framed twice. */
    BYTES_AFTER_MESSAGE("framing bytes follow the last segment"),
    /** At least one segment ends with LF alone. */
    LF_SEGMENT_END("segments end with LF where HL7 asks for CR"),
    /** At least one segment ends with CR LF. */
    CRLF_SEGMENT_END("segments end with CR LF where HL7 asks for CR"),
    /** The last segment has no end. */
    MISSING_LAST_CR("the last segment does not end with CR"),
    /** A LF stands inside a segment of a message whose segments end with CR; it is data. */
    LF_IN_DATA("a line feed stands inside a segment"),
    /** A line does not begin with a segment's name and the field separator. */
    NOT_A_SEGMENT("a line does not begin with a segment name"),
    /** A second MSH follows: several messages came as one. */
    REPEATED_MSH("a second MSH follows in the same message"),
    /** MSH-2 has fewer than four characters; what is missing is not used as a delimiter. */
    SHORT_ENCODING_CHARACTERS("MSH-2 has fewer than four characters"),
    /** MSH-2 has more than five characters; the further ones are ignored. */
    LONG_ENCODING_CHARACTERS("MSH-2 has more than five characters"),
    /** MSH-2 names one character twice; the first meaning counts. */
    REPEATED_DELIMITER("MSH-2 gives one character two meanings"),
    /** MSH-18 names no character set that is known here; bytes over 127 are read one by one. */
    UNKNOWN_CHARACTER_SET("MSH-18 names an unknown character set"),
    /** Read in the character set that MSH-18 names, a character before it holds a separator, and MSH-18 names none. */
    CONTRADICTORY_CHARACTER_SET("MSH cannot be read in the character set that MSH-18 names"),
    /** MSH-18 says ASCII, or nothing, and there are bytes over 127: the character set is a guess. */
    GUESSED_CHARACTER_SET("bytes over 127 where MSH-18 is empty or ASCII; the character set is a guess"),
    /** Bytes that the declared character set does not have; they are kept, and read one by one. */
    UNDECODABLE_BYTES("bytes that the declared character set does not have");

    private final String description;

    Warning(String description) {
        this.description = description;
    }

    /** The oddity in words, without any content of the message. */
    public String description() {
        return description;
    }

    /** A set of warnings as bits, in memory only: the order of the constants may change. */
    @SuppressWarnings("EnumOrdinal")
    int bit() {
        return 1 << ordinal();
    }
}
