package org.khokahano.transform.value;

/** A text that a function can make nothing of. */
public final class ValueException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param reason in words, without the text itself */
    public ValueException(String reason) {
        super(reason, null, false, false);
    }
}
