package org.khokahano.conformance.load;

/** A condition or statement that cannot be said as an expression of this project. */
final class NotConvertibleException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param reason why not, as the end of a sentence */
    NotConvertibleException(String reason) {
        super(reason);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
