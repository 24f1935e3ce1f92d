package org.khokahano.http;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A listener.
 *
 * @param address where it listens
 * @param path where messages are posted
 * @param limits how much it takes
 * @param credentials of which a caller shows one; empty where everybody may send
 * @param tls null for none
 */
public record HttpListenerSettings(
        InetSocketAddress address,
        String path,
        Limits limits,
        List<Credential> credentials,
        @Nullable ServerTls tls) {

    public HttpListenerSettings {
        credentials = List.copyOf(credentials);
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("a path begins with a slash, but this is '" + path + "'");
        }
    }

    /**
     * What bounds a listener.
     *
     * @param maxBodyBytes the longest message (R6)
     * @param maxBufferedBytes how many bytes of messages that are not yet whole or not yet answered it
     *     holds; a message that finds this full is answered with 503
     * @param requestTimeout how long a request may take from its headers to its answer (R5)
     * @param idleTimeout how long a connection may be without a request (R8)
     * @param maxConnections how many connections at a time (R9)
     * @param maxInFlight how many requests of one connection may wait for their answer; a further one
     *     is answered with 503
     */
    public record Limits(
            int maxBodyBytes,
            long maxBufferedBytes,
            Duration requestTimeout,
            Duration idleTimeout,
            int maxConnections,
            int maxInFlight) {

        public static Limits defaults() {
            return new Limits(16 << 20, 128L << 20, Duration.ofSeconds(30), Duration.ofMinutes(1), 1_000, 64);
        }
    }

    public static HttpListenerSettings on(InetSocketAddress address) {
        return new HttpListenerSettings(address, "/hl7", Limits.defaults(), List.of(), null);
    }
}
