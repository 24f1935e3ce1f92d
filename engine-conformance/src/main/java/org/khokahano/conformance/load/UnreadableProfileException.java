package org.khokahano.conformance.load;

/** A document that is no profile, or not one that can be read: where and why. */
public final class UnreadableProfileException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final int line;
    private final int column;

    /**
     * What is wrong with a document.
     *
     * @param line from 1
     * @param column from 1
     * @param reason what is wrong and what to do about it
     */
    public UnreadableProfileException(String file, int line, int column, String reason) {
        super(reason);
        this.file = file;
        this.line = line;
        this.column = column;
    }

    static UnreadableProfileException at(XmlElement element, String reason) {
        return new UnreadableProfileException(element.file(), element.line(), element.column(), reason);
    }

    /** The document's name as it was given. */
    public String file() {
        return file;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }

    /** As compilers write it: {@code FILE:LINE:COLUMN: reason}. */
    public String located() {
        return file + ':' + line + ':' + column + ": " + getMessage();
    }
}
