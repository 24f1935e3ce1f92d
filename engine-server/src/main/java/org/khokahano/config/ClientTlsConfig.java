package org.khokahano.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * TLS towards a destination.
 *
 * @param ca who must have signed its certificate, in PEM; empty for those that the JDK trusts
 * @param certificate what the engine shows, in PEM
 * @param key the private key to it, in PEM
 * @param serverName the name to ask for and to look for in its certificate; empty for the host's
 */
public record ClientTlsConfig(
        Optional<Path> ca,
        Optional<Path> certificate,
        Optional<Path> key,
        Optional<String> serverName,
        boolean verifyHostname) {}
