package org.khokahano.config;

/** Which messages wait for the partner's acknowledgement (R19, R26). */
public enum ExpectAck {
    /** All. */
    ALWAYS,
    /** All but those whose MSH-15 is NE: they are done once they are written. */
    AS_MESSAGE
}
