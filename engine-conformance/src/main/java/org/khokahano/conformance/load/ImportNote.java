package org.khokahano.conformance.load;

/**
 * Something that an import carried over not as it stood.
 *
 * @param file the document
 * @param line from 1
 * @param column from 1
 * @param place of the message, as in {@code PID-3.4}; empty where it is about all of it
 * @param what of the document, as in {@code table 0361}
 * @param why and what to do about it
 */
public record ImportNote(Kind kind, String file, int line, int column, String place, String what, String why) {

    /** How much of it was lost. */
    public enum Kind {
        /** It is in the profile, and means something a little different there. */
        CHANGED,
        /** It is not in the profile. */
        LEFT_OUT
    }
}
