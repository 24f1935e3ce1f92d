package org.khokahano.config;

/** Whose messages share one stream of sequence numbers (R33). */
public enum SequenceBy {
    /** Those of one sending application and facility: MSH-3 and MSH-4. */
    SENDER,
    /** All that come to the listener. */
    LISTENER
}
