package org.khokahano.routing;

/** A condition that cannot be evaluated for a message. */
final class FailedConditionException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;

    FailedConditionException(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    /** Why, as a code such as {@code indexOutOfBounds}; no content. */
    String reason() {
        return reason;
    }
}
