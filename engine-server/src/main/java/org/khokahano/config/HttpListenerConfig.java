package org.khokahano.config;

import java.time.Duration;
import java.util.Optional;

/**
 * HL7 v2 over HTTP.
 *
 * @param path where messages are posted
 * @param maxBodyBytes the largest message
 * @param requestTimeout how long a request may take
 */
public record HttpListenerConfig(
        String host,
        int port,
        String path,
        long maxBodyBytes,
        Optional<ServerTlsConfig> tls,
        Optional<BasicConfig> basic,
        Optional<BearerConfig> bearer,
        int maxConnections,
        Duration requestTimeout)
        implements ListenerTransport {}
