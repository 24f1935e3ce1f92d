package org.khokahano.transform.format;

/** Finds a quote that nobody closed, which takes all that follows for one value. */
final class Quotes {
    private Quotes() {}

    private enum At {
        START,
        PLAIN,
        QUOTED,
        CLOSED
    }

    /**
     * The line, from 1, in which a quote opens that is not closed before the text ends; 0 where there is none.
     *
     * @param text delimited text, in which a value that begins with a quote ends with one
     */
    static int lineOfUnclosed(String text, char separator, char quote) {
        At at = At.START;
        int line = 1;
        int opened = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean lineEnd = c == '\n' || c == '\r';
            if (at == At.QUOTED) {
                at = c == quote ? At.CLOSED : At.QUOTED;
            } else if (at == At.CLOSED && c == quote) {
                // Written twice it is one, and the value goes on.
                at = At.QUOTED;
            } else if (c == separator || lineEnd) {
                at = At.START;
            } else if (at == At.START && c == quote) {
                at = At.QUOTED;
                opened = line;
            } else {
                at = At.PLAIN;
            }
            boolean followed = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
            line += lineEnd && !followed ? 1 : 0;
        }
        return at == At.QUOTED ? opened : 0;
    }
}
