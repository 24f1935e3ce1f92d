package org.khokahano.mllp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A listener.
 *
 * @param address where it listens
 * @param framing what it takes for a frame
 * @param idleTimeout how long a connection may be silent between frames; zero for ever (R8)
 * @param replyTimeout how long a frame may wait for its answer before the connection is closed
 * @param maxConnections how many connections at a time (R9)
 * @param maxInFlight how many frames of one connection may wait for their acknowledgement before
 *     it is read no further
 * @param allow the addresses that may connect (R9)
 * @param tls TLS, or null for none
 */
public record MllpListenerSettings(
        InetSocketAddress address,
        FrameSettings framing,
        Duration idleTimeout,
        Duration replyTimeout,
        int maxConnections,
        int maxInFlight,
        Predicate<InetAddress> allow,
        @Nullable ServerTls tls) {

    public static MllpListenerSettings on(InetSocketAddress address) {
        return new MllpListenerSettings(
                address,
                FrameSettings.defaults(),
                Duration.ZERO,
                Duration.ofSeconds(30),
                1_000,
                64,
                remote -> true,
                null);
    }
}
