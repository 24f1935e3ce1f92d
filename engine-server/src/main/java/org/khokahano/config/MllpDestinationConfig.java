package org.khokahano.config;

import java.time.Duration;
import java.util.Optional;

/**
 * MLLP over TCP (R26 to R32).
 *
 * @param window how many messages may wait for their acknowledgement on a connection (R31)
 * @param maxAckBytes the largest acknowledgement
 * @param match how an acknowledgement finds its message
 * @param expectAck which messages wait for an acknowledgement
 * @param idleClose after how long a silence the connection is closed; empty for never
 * @param keepAlive whether TCP looks if the partner is still there
 * @param release of MLLP: 1, or 2 with commit acknowledgements (R46)
 */
public record MllpDestinationConfig(
        String host,
        int port,
        int window,
        Duration connectTimeout,
        Duration ackTimeout,
        long maxAckBytes,
        AckMatch match,
        ExpectAck expectAck,
        Optional<Duration> idleClose,
        boolean keepAlive,
        Optional<ClientTlsConfig> tls,
        int release)
        implements DestinationTransport {}
