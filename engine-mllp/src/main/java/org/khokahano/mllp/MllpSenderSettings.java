package org.khokahano.mllp;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A destination over MLLP.
 *
 * @param host the partner's host name or address, looked up anew at each connect
 * @param port the partner's port
 * @param connectTimeout how long looking up the name, connecting and the TLS handshake may take together
 * @param keepAlive whether TCP looks if the partner is still there
 * @param idleClose after how long without a message the connection is closed; zero for never
 * @param answers what is expected in return
 * @param tls TLS, or null for none
 */
public record MllpSenderSettings(
        String host,
        int port,
        Duration connectTimeout,
        boolean keepAlive,
        Duration idleClose,
        AnswerSettings answers,
        @Nullable ClientTls tls) {

    public static MllpSenderSettings to(String host, int port) {
        return new MllpSenderSettings(
                host, port, Duration.ofSeconds(10), true, Duration.ZERO, AnswerSettings.defaults(), null);
    }

    /** The same with other answers. */
    public MllpSenderSettings expecting(AnswerSettings other) {
        return new MllpSenderSettings(host, port, connectTimeout, keepAlive, idleClose, other, tls);
    }

    @Override
    public String toString() {
        return host + ':' + port;
    }
}
