package org.khokahano.store.sqlite;

/**
 * Something that verification found.
 *
 * @param severity whether data is damaged
 * @param place the table and the id, or the file
 * @param text what is wrong, without message content
 */
public record StoreFinding(Severity severity, String place, String text) {

    /** How bad it is. */
    public enum Severity {
        /** Something is missing or not as it was written. */
        DAMAGE,
        /** Worth knowing; nothing is lost. */
        NOTE
    }

    @Override
    public String toString() {
        return severity + " " + place + ": " + text;
    }
}
