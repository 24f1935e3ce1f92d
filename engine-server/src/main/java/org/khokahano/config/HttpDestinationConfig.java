package org.khokahano.config;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.khokahano.config.value.Secret;

/**
 * HL7 v2 over HTTP.
 *
 * @param headers further headers; their values may be secret
 * @param judge what tells whether a message was taken
 */
public record HttpDestinationConfig(
        URI url,
        HttpMethod method,
        Optional<String> contentType,
        Duration timeout,
        Map<String, Secret> headers,
        Optional<BasicConfig> basic,
        Optional<BearerConfig> bearer,
        Optional<ClientTlsConfig> tls,
        Optional<Judge> judge)
        implements DestinationTransport {}
