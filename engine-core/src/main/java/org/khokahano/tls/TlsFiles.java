package org.khokahano.tls;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the certificates and the key of one side are, all in PEM.
 *
 * @param certificate the own certificate, then its chain; null where none is shown
 * @param key the private key to it, unencrypted: PKCS#8, PKCS#1 or SEC 1
 * @param authorities who must have signed the other side's certificate; null for those that the JDK
 *     trusts
 */
public record TlsFiles(
        @Nullable Path certificate,
        @Nullable Path key,
        @Nullable Path authorities) {

    public TlsFiles {
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException("a certificate and its key come together");
        }
    }

    List<Path> all() {
        return Stream.of(certificate, key, authorities).filter(Objects::nonNull).toList();
    }
}
