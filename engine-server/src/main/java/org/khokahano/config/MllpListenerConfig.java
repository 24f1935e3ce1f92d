package org.khokahano.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.khokahano.config.value.Cidr;

/**
 * MLLP over TCP (R1 to R9).
 *
 * @param maxFrameBytes the largest message
 * @param frameTimeout how long a message may take from its first byte to its last
 * @param idleTimeout how long a connection may be silent between messages; empty for ever (R8)
 * @param allow the addresses that may connect; all if it is empty
 * @param release of MLLP: 1, or 2 with commit acknowledgements (R46)
 * @param replyTimeout how long the engine takes for an acknowledgement, at most
 */
public record MllpListenerConfig(
        String host,
        int port,
        long maxFrameBytes,
        Duration frameTimeout,
        Optional<Duration> idleTimeout,
        int maxConnections,
        List<Cidr> allow,
        Framing framing,
        Optional<ServerTlsConfig> tls,
        Duration replyTimeout,
        int release)
        implements ListenerTransport {}
