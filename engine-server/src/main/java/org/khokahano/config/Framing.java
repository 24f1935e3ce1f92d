package org.khokahano.config;

/** What a listener does with bytes that MLLP does not provide for (R2, R3). */
public enum Framing {
    /** It makes the best of them, and counts them. */
    LENIENT,
    /** It closes the connection. */
    STRICT
}
