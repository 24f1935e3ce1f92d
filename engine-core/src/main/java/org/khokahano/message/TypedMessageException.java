package org.khokahano.message;

/**
 * A message that HAPI cannot hold in its types. HAPI's own texts quote field values, so neither its
 * text nor the exception itself is kept: a code of HL7 table 0357 and a place are.
 */
public final class TypedMessageException extends Exception {
    private static final long serialVersionUID = 1;

    private final int code;
    private final String location;

    TypedMessageException(int code, String location) {
        super("the message does not fit its HL7 structure: error " + code + " (HL7 table 0357)"
                + (location.isEmpty() ? "" : " at " + location));
        this.code = code;
        this.location = location;
    }

    /** The code, of HL7 table 0357. */
    public int code() {
        return code;
    }

    /** The place as a path, or "" where HAPI does not say. */
    public String location() {
        return location;
    }
}
