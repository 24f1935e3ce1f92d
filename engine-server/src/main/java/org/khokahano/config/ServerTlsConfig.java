package org.khokahano.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * TLS on a listener.
 *
 * @param certificate its certificate and the chain, in PEM
 * @param key the private key, in PEM
 * @param clientCa who must have signed a client's certificate, in PEM
 * @param names the names in a client's certificate that may connect; all if it is empty
 */
public record ServerTlsConfig(
        Path certificate,
        Path key,
        Optional<Path> clientCa,
        ClientAuth clientAuth,
        List<String> names,
        List<TlsProtocol> protocols) {}
