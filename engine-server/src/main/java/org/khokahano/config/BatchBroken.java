package org.khokahano.config;

/** What becomes of a batch whose counts or grammar are wrong (R43). */
public enum BatchBroken {
    /** It is refused whole, and kept in quarantine. */
    REJECT,
    /** Its messages are taken, and a warning is counted. */
    ACCEPT
}
