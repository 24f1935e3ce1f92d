package org.khokahano.config.problem;

/**
 * Something wrong in a configuration, ready to be shown.
 *
 * @param file the file, relative to the configuration's directory
 * @param line its line, from 1
 * @param column its column, from 1, in characters
 * @param message what is wrong, in one sentence without a full stop
 * @param hint what to do about it, or empty where the message says it already
 * @param sourceLine the line as it is written, secrets hidden; empty where there is none
 */
public record Problem(
        Severity severity, String file, int line, int column, String message, String hint, String sourceLine) {

    /** A problem at that place. */
    public static Problem at(Location place, Severity severity, String message, String hint) {
        return new Problem(severity, place.file(), place.line(), place.column(), message, hint, place.sourceLine());
    }

    /** Whether the engine cannot start with it. */
    public boolean isError() {
        return severity == Severity.ERROR;
    }
}
