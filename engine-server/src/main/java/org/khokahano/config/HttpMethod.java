package org.khokahano.config;

/** How a message is sent. */
public enum HttpMethod {
    /** As most partners want it. */
    POST,
    /** For partners that keep what is put. */
    PUT
}
