package org.khokahano.config;

/** Whether a client shows a certificate. */
public enum ClientAuth {
    /** It is not asked for one. */
    NONE,
    /** It is asked, and may have none. */
    WANT,
    /** Without one it is refused. */
    REQUIRE
}
