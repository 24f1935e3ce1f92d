package org.khokahano.config;

/** Whether an accept acknowledgement is followed by an application acknowledgement (R21, R22). */
public enum ApplicationAck {
    /** It is not. */
    NONE,
    /** It is, on the same connection, where MSH-16 asks for one. */
    SAME_CONNECTION
}
