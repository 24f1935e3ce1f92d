package org.khokahano.config.value;

/** A value that is never printed: {@code toString} hides it, so that a log of a record does too. */
public record Secret(String value) {

    @Override
    public String toString() {
        return "***";
    }
}
