package org.khokahano.config;

/** What a message is for: MSH-11, table 0103. */
public enum ProcessingId {
    /** Production. */
    P,
    /** Training. */
    T,
    /** Debugging. */
    D
}
