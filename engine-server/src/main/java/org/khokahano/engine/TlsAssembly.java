package org.khokahano.engine;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.khokahano.config.ClientTlsConfig;
import org.khokahano.config.ServerTlsConfig;
import org.khokahano.config.TlsProtocol;
import org.khokahano.tls.ClientCertificates;
import org.khokahano.tls.ClientTlsSettings;
import org.khokahano.tls.ServerTlsSettings;
import org.khokahano.tls.TlsContext;
import org.khokahano.tls.TlsFileException;
import org.khokahano.tls.TlsFiles;
import org.khokahano.tls.TlsReloader;

/** Turns what the configuration says of TLS into settings and certificates, whatever the transport. */
final class TlsAssembly {

    private final TlsReloader certificates;

    TlsAssembly(TlsReloader certificates) {
        this.certificates = certificates;
    }

    static ServerTlsSettings settings(ServerTlsConfig tls) {
        return new ServerTlsSettings(
                new TlsFiles(tls.certificate(), tls.key(), orNull(tls.clientCa())),
                switch (tls.clientAuth()) {
                    case NONE -> ClientCertificates.NONE;
                    case WANT -> ClientCertificates.WANT;
                    case REQUIRE -> ClientCertificates.REQUIRE;
                },
                Set.copyOf(tls.names()),
                tls.protocols().stream().map(TlsProtocol::word).toList());
    }

    static ClientTlsSettings settings(ClientTlsConfig tls) {
        return new ClientTlsSettings(
                new TlsFiles(orNull(tls.certificate()), orNull(tls.key()), orNull(tls.ca())),
                tls.serverName().orElse(null),
                tls.verifyHostname());
    }

    /**
     * Reads the certificates of a listener and watches them. Throws UncheckedIOException with a {@link
     * TlsFileException} where one cannot be used.
     *
     * @param owner as logs name it, such as {@code listener qmmh-ehr}
     */
    TlsContext server(String owner, ServerTlsSettings settings) {
        try {
            return watched(TlsContext.server(owner, settings));
        } catch (TlsFileException e) {
            throw new UncheckedIOException(owner + ": " + e.getMessage(), e);
        }
    }

    /** Reads the certificates of a destination and watches them; errors as {@link #server}. */
    TlsContext client(String owner, ClientTlsSettings settings) {
        try {
            return watched(TlsContext.client(owner, settings));
        } catch (TlsFileException e) {
            throw new UncheckedIOException(owner + ": " + e.getMessage(), e);
        }
    }

    private TlsContext watched(TlsContext context) {
        certificates.watch(context);
        return context;
    }

    private static @Nullable Path orNull(Optional<Path> path) {
        return path.orElse(null);
    }
}
