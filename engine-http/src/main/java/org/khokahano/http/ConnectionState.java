package org.khokahano.http;

import io.netty.util.AttributeKey;

/** What is known of one connection; touched only on its event loop. */
final class ConnectionState {

    static final AttributeKey<ConnectionState> KEY = AttributeKey.valueOf(ConnectionState.class, "KEY");

    private int inFlight;
    private boolean certificateChecked;

    boolean begin(int maxInFlight) {
        if (inFlight >= maxInFlight) {
            return false;
        }
        inFlight++;
        return true;
    }

    void end() {
        inFlight--;
    }

    boolean certificateChecked() {
        return certificateChecked;
    }

    void setCertificateChecked() {
        certificateChecked = true;
    }
}
