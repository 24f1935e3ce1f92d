package org.khokahano.mllp;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslClosedEngineException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.nio.channels.ClosedChannelException;
import org.khokahano.tls.TlsRefusal;

/** Names failed handshakes, Netty's own kinds of failure included. */
final class Handshakes {

    private Handshakes() {}

    static TlsRefusal refusal(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof NotSslRecordException) {
                return TlsRefusal.NOT_TLS;
            }
            if (each instanceof SslHandshakeTimeoutException) {
                return TlsRefusal.TIMEOUT;
            }
            if (each instanceof ClosedChannelException || each instanceof SslClosedEngineException) {
                return TlsRefusal.CLOSED;
            }
        }
        return TlsRefusal.of(failure);
    }
}
