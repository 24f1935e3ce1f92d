package org.khokahano.config;

/** What tells whether a message was taken over HTTP. */
public enum Judge {
    /** The status of the response. */
    STATUS,
    /** The acknowledgement in the response. */
    ACK,
    /** Both must say so. */
    BOTH
}
