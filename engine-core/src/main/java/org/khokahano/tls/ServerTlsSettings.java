package org.khokahano.tls;

import java.util.List;
import java.util.Set;

/**
 * TLS on a port.
 *
 * @param files the own certificate and key, which must be there, and who signs clients' certificates
 * @param clients whether clients show a certificate
 * @param names the common or alternative names of which a client's certificate must bear one; all
 *     clients with a trusted certificate where it is empty
 * @param protocols the versions spoken, as the JDK names them
 */
public record ServerTlsSettings(TlsFiles files, ClientCertificates clients, Set<String> names, List<String> protocols) {

    public ServerTlsSettings {
        names = Set.copyOf(names);
        protocols = List.copyOf(protocols);
        if (files.certificate() == null) {
            throw new IllegalArgumentException("a server needs a certificate");
        }
        if (protocols.isEmpty()) {
            throw new IllegalArgumentException("no version of TLS is left");
        }
    }

    /** A port that speaks TLS 1.2 and 1.3 and asks clients for nothing. */
    public static ServerTlsSettings of(TlsFiles files) {
        return new ServerTlsSettings(files, ClientCertificates.NONE, Set.of(), TlsContext.PROTOCOLS);
    }
}
