package org.khokahano.config.problem;

/**
 * A place in a file.
 *
 * @param line from 1
 * @param column from 1, in characters
 */
public record Location(SourceFile source, int line, int column) {

    /** The file's name, relative to the configuration's directory. */
    public String file() {
        return source.name();
    }

    /** The line at this place as it may be shown: secrets are hidden. */
    public String sourceLine() {
        return source.shownLine(line);
    }

    /** As compilers and editors write it: {@code file:line:column}. */
    @Override
    public String toString() {
        return file() + ":" + line + ":" + column;
    }
}
