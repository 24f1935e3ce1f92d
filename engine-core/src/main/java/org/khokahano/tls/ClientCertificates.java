package org.khokahano.tls;

/** Whether a server asks its clients for a certificate. */
public enum ClientCertificates {
    /** It does not ask. */
    NONE,
    /** It asks; a client may have none, but not a wrong one. */
    WANT,
    /** A client without one is refused. */
    REQUIRE
}
