package org.khokahano.tls;

import org.jspecify.annotations.Nullable;

/**
 * TLS towards a partner.
 *
 * @param files what is shown, if anything, and who must have signed the partner's certificate
 * @param serverName the name to ask for (SNI) and to find in its certificate; null for the host's
 * @param verifyHostname whether the certificate must bear that name
 */
public record ClientTlsSettings(TlsFiles files, @Nullable String serverName, boolean verifyHostname) {

    /** The name to ask for and to check, for a partner on this host. */
    public String nameFor(String host) {
        return serverName == null ? host : serverName;
    }
}
