package org.khokahano.config;

/** A version of TLS. */
public enum TlsProtocol {
    /** RFC 5246. */
    TLS_1_2,
    /** RFC 8446. */
    TLS_1_3;

    /** As it is written, here and in the JDK. */
    public String word() {
        return switch (this) {
            case TLS_1_2 -> "TLSv1.2";
            case TLS_1_3 -> "TLSv1.3";
        };
    }
}
