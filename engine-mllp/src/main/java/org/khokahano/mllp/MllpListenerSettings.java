package org.khokahano.mllp;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * A listener.
 *
 * @param address where it listens
 * @param maxFrameBytes the longest payload (R6)
 * @param frameTimeout how long a frame may take from its first byte to its last (R5)
 * @param idleTimeout how long a connection may be silent between frames; zero for ever (R8)
 * @param maxConnections how many connections at a time (R9)
 * @param maxInFlight how many frames of one connection may wait for their acknowledgement before
 *     it is read no further
 * @param strict whether violations of the framing close the connection (R2, R3)
 */
public record MllpListenerSettings(
        InetSocketAddress address,
        int maxFrameBytes,
        Duration frameTimeout,
        Duration idleTimeout,
        int maxConnections,
        int maxInFlight,
        boolean strict) {

    public static MllpListenerSettings on(InetSocketAddress address) {
        return new MllpListenerSettings(address, 16 << 20, Duration.ofSeconds(30), Duration.ZERO, 1_000, 64, false);
    }
}
