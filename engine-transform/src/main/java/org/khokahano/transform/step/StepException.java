package org.khokahano.transform.step;

/** A step that cannot be done for a message. */
public final class StepException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;

    /** @param reason in words, without content of the message */
    public StepException(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }
}
