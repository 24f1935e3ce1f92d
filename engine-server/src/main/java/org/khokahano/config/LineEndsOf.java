package org.khokahano.config;

/** What becomes of the ends of lines in a file. */
public enum LineEndsOf {
    /** Segments end with CR. */
    CR,
    /** As they are in the file. */
    KEEP
}
