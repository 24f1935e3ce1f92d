package org.khokahano.expression;

/**
 * A value of a message, kept apart from what is said about the message: it may be a patient's data, and is
 * shown only to whoever asked for it by name.
 *
 * @param text the value
 */
public record Content(String text) {
    @Override
    public String toString() {
        return "content of " + text.length() + " characters";
    }
}
