package org.khokahano.expression;

/** An expression that cannot be evaluated for a message. */
public final class FailedExpressionException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;

    FailedExpressionException(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    /** Why, as a code such as {@code indexOutOfBounds}; no content. */
    public String reason() {
        return reason;
    }
}
