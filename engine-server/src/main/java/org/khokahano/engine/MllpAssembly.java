package org.khokahano.engine;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.khokahano.config.AckMatch;
import org.khokahano.config.ClientTlsConfig;
import org.khokahano.config.ExpectAck;
import org.khokahano.config.Framing;
import org.khokahano.config.ListenerConfig;
import org.khokahano.config.MllpDestinationConfig;
import org.khokahano.config.MllpListenerConfig;
import org.khokahano.config.ServerTlsConfig;
import org.khokahano.config.TlsProtocol;
import org.khokahano.config.value.Cidr;
import org.khokahano.mllp.AnswerSettings;
import org.khokahano.mllp.ClientTls;
import org.khokahano.mllp.FrameSettings;
import org.khokahano.mllp.MllpListenerSettings;
import org.khokahano.mllp.MllpSenderSettings;
import org.khokahano.mllp.ServerTls;
import org.khokahano.tls.ClientCertificates;
import org.khokahano.tls.ClientTlsSettings;
import org.khokahano.tls.ServerTlsSettings;
import org.khokahano.tls.TlsContext;
import org.khokahano.tls.TlsFileException;
import org.khokahano.tls.TlsFiles;
import org.khokahano.tls.TlsReloader;

/** Turns what the configuration says of MLLP into the settings of listeners and senders. */
final class MllpAssembly {

    /** A payload is one array; what is configured beyond this could not be held anyway. */
    private static final long MAX_FRAME_BYTES = 1L << 30;

    private final TlsReloader certificates;

    MllpAssembly(TlsReloader certificates) {
        this.certificates = certificates;
    }

    /** Throws UncheckedIOException with a {@link TlsFileException} where a certificate cannot be used. */
    MllpListenerSettings listener(String name, ListenerConfig listener) {
        MllpListenerConfig mllp = (MllpListenerConfig) listener.transport();
        return new MllpListenerSettings(
                new InetSocketAddress(mllp.host(), mllp.port()),
                new FrameSettings(
                        (int) Math.min(mllp.maxFrameBytes(), MAX_FRAME_BYTES),
                        mllp.frameTimeout(),
                        mllp.framing() == Framing.STRICT),
                mllp.idleTimeout().orElse(Duration.ZERO),
                mllp.replyTimeout(),
                mllp.maxConnections(),
                listener.maxInFlight(),
                allowing(mllp.allow()),
                mllp.tls().map(tls -> serverTls("listener " + name, tls)).orElse(null));
    }

    /** Errors as {@link #listener}. */
    MllpSenderSettings sender(String name, MllpDestinationConfig mllp) {
        return new MllpSenderSettings(
                mllp.host(),
                mllp.port(),
                mllp.connectTimeout(),
                mllp.keepAlive(),
                mllp.idleClose().orElse(Duration.ZERO),
                new AnswerSettings(
                        mllp.ackTimeout(),
                        (int) Math.min(mllp.maxAckBytes(), MAX_FRAME_BYTES),
                        mllp.match() == AckMatch.POSITIONAL,
                        mllp.expectAck() == ExpectAck.AS_MESSAGE),
                mllp.tls().map(tls -> clientTls("destination " + name, tls)).orElse(null));
    }

    private static Predicate<InetAddress> allowing(List<Cidr> allow) {
        return allow.isEmpty() ? remote -> true : remote -> allow.stream().anyMatch(range -> range.contains(remote));
    }

    private ServerTls serverTls(String owner, ServerTlsConfig tls) {
        ServerTlsSettings settings = new ServerTlsSettings(
                new TlsFiles(tls.certificate(), tls.key(), orNull(tls.clientCa())),
                switch (tls.clientAuth()) {
                    case NONE -> ClientCertificates.NONE;
                    case WANT -> ClientCertificates.WANT;
                    case REQUIRE -> ClientCertificates.REQUIRE;
                },
                Set.copyOf(tls.names()),
                tls.protocols().stream().map(TlsProtocol::word).toList());
        try {
            return new ServerTls(watched(TlsContext.server(owner, settings)), settings);
        } catch (TlsFileException e) {
            throw new UncheckedIOException(owner + ": " + e.getMessage(), e);
        }
    }

    private ClientTls clientTls(String owner, ClientTlsConfig tls) {
        ClientTlsSettings settings = new ClientTlsSettings(
                new TlsFiles(orNull(tls.certificate()), orNull(tls.key()), orNull(tls.ca())),
                tls.serverName().orElse(null),
                tls.verifyHostname());
        try {
            return new ClientTls(watched(TlsContext.client(owner, settings)), settings);
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
