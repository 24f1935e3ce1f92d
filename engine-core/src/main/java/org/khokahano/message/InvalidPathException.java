package org.khokahano.message;

/** A text that is not a path into a message: says where, what was expected, and a suggestion. */
public final class InvalidPathException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final int position;
    private final String suggestion;

    InvalidPathException(String path, int position, String expected, String suggestion) {
        super("path \"" + path + "\", character " + (position + 1) + ": expected " + expected
                + (suggestion.isEmpty() ? "" : "; did you mean " + suggestion + "?"));
        this.position = position;
        this.suggestion = suggestion;
    }

    /** Where the text stops being a path, from 0. */
    public int position() {
        return position;
    }

    /** A path that was probably meant, or "" where there is no guess. */
    public String suggestion() {
        return suggestion;
    }
}
