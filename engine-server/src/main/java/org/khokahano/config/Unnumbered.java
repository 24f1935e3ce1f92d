package org.khokahano.config;

/** What becomes of a message without a sequence number where the listener goes by them. */
public enum Unnumbered {
    /** It is taken, and the numbers stay as they are. */
    ACCEPT,
    /** It is turned away. */
    REJECT
}
