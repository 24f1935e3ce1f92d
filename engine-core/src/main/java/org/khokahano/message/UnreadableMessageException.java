package org.khokahano.message;

/** Bytes that cannot be read as one HL7 v2 message. Never holds any of the content. */
public final class UnreadableMessageException extends Exception {
    private static final long serialVersionUID = 1;

    /** Why the bytes cannot be read. */
    public enum Reason {
        /** There are no bytes, or only framing bytes and white space. */
        EMPTY("there is no message, only framing or white space"),
        /** The payload does not begin with MSH. */
        NO_MSH("the payload does not begin with MSH; send one HL7 v2 message in ER7 form"),
        /** The payload begins with FHS or BHS: a batch, to be taken apart first (2.9.3). */
        BATCH("the payload is a batch (FHS or BHS), not one message"),
        /** The bytes end, or the line ends, where MSH-1 should be. */
        NO_FIELD_SEPARATOR("the field separator (MSH-1) is missing after MSH"),
        /** MSH-1 is a letter, a digit, a space or a control character that frames messages. */
        BAD_FIELD_SEPARATOR("MSH-1 cannot be a field separator; use |"),
        /** MSH-2 is empty. */
        NO_ENCODING_CHARACTERS("the encoding characters (MSH-2) are missing; use ^~\\&"),
        /** MSH-2 holds a letter, a digit or a space in a delimiter's place. */
        BAD_ENCODING_CHARACTERS("MSH-2 holds something that cannot be a delimiter; use ^~\\&"),
        /** UTF-16, which is read only where it was asked for (rule R51). */
        UTF_16("the payload is UTF-16, which this listener does not read; send UTF-8, or set its accept.utf16"),
        /** UTF-16 in which half a character stands alone, or half of its bytes is missing. */
        BROKEN_UTF_16("the payload is UTF-16 with half a character; it may be cut off");

        private final String description;

        Reason(String description) {
            this.description = description;
        }

        /** The reason in words, with what to do. */
        public String description() {
            return description;
        }
    }

    private final Reason reason;
    private final int offset;

    UnreadableMessageException(Reason reason, int offset) {
        super(reason.description() + " (byte " + offset + ")");
        this.reason = reason;
        this.offset = offset;
    }

    /** Why the bytes cannot be read. */
    public Reason reason() {
        return reason;
    }

    /** Where in the payload, in bytes from its beginning. */
    public int offset() {
        return offset;
    }
}
