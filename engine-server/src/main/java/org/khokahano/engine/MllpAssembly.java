package org.khokahano.engine;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.khokahano.config.AckMatch;
import org.khokahano.config.ClientTlsConfig;
import org.khokahano.config.EngineConfig;
import org.khokahano.config.ExpectAck;
import org.khokahano.config.Framing;
import org.khokahano.config.ListenerConfig;
import org.khokahano.config.MllpDestinationConfig;
import org.khokahano.config.MllpListenerConfig;
import org.khokahano.config.ServerTlsConfig;
import org.khokahano.config.value.Cidr;
import org.khokahano.mllp.AnswerSettings;
import org.khokahano.mllp.ClientTls;
import org.khokahano.mllp.FrameBudget;
import org.khokahano.mllp.FrameSettings;
import org.khokahano.mllp.MllpListenerSettings;
import org.khokahano.mllp.MllpSenderSettings;
import org.khokahano.mllp.ServerTls;
import org.khokahano.tls.ClientTlsSettings;
import org.khokahano.tls.ServerTlsSettings;

/** Turns what the configuration says of MLLP into the settings of listeners and senders. */
final class MllpAssembly {

    /** A payload is one array; what is configured beyond this could not be held anyway. */
    private static final long MAX_FRAME_BYTES = 1L << 30;

    private final TlsAssembly tls;

    MllpAssembly(TlsAssembly tls) {
        this.tls = tls;
    }

    /** Throws UncheckedIOException with a TlsFileException where a certificate cannot be used. */
    MllpListenerSettings listener(String name, ListenerConfig listener) {
        MllpListenerConfig mllp = (MllpListenerConfig) listener.transport();
        return new MllpListenerSettings(
                new InetSocketAddress(mllp.host(), mllp.port()),
                new FrameSettings(
                        (int) Math.min(mllp.maxFrameBytes(), MAX_FRAME_BYTES),
                        mllp.frameTimeout(),
                        mllp.framing() == Framing.STRICT,
                        mllp.release() == 2,
                        listener.accept().utf16()),
                mllp.idleTimeout().orElse(Duration.ZERO),
                mllp.replyTimeout(),
                mllp.maxConnections(),
                listener.maxInFlight(),
                allowing(mllp.allow()),
                mllp.tls().map(config -> serverTls("listener " + name, config)).orElse(null));
    }

    /** What unfinished frames may hold together: as configured, or an eighth of the heap. */
    static FrameBudget budget(EngineConfig config) {
        long longest = config.listeners().values().stream()
                .map(ListenerConfig::transport)
                .filter(MllpListenerConfig.class::isInstance)
                .mapToLong(mllp -> Math.min(((MllpListenerConfig) mllp).maxFrameBytes(), MAX_FRAME_BYTES))
                .max()
                .orElse(0);
        long usual = Math.max(Runtime.getRuntime().maxMemory() / 8, longest);
        return new FrameBudget(config.limits().unfinishedFrames().orElse(usual));
    }

    /** For queries, of which an answer is always wanted. Errors as {@link #listener}. */
    MllpSenderSettings querySender(String owner, MllpDestinationConfig mllp, Duration timeout) {
        MllpSenderSettings usual = sender(owner, mllp);
        AnswerSettings answers = usual.answers();
        return usual.expecting(
                new AnswerSettings(timeout, answers.maxBytes(), answers.positional(), false, answers.release2(), true));
    }

    /**
     * Errors as {@link #listener}.
     *
     * @param owner what the certificates are watched for
     */
    MllpSenderSettings sender(String owner, MllpDestinationConfig mllp) {
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
                        mllp.expectAck() == ExpectAck.AS_MESSAGE,
                        mllp.release() == 2),
                mllp.tls().map(config -> clientTls(owner, config)).orElse(null));
    }

    private static Predicate<InetAddress> allowing(List<Cidr> allow) {
        return allow.isEmpty() ? remote -> true : remote -> allow.stream().anyMatch(range -> range.contains(remote));
    }

    private ServerTls serverTls(String owner, ServerTlsConfig config) {
        ServerTlsSettings settings = TlsAssembly.settings(config);
        return new ServerTls(tls.server(owner, settings), settings);
    }

    private ClientTls clientTls(String owner, ClientTlsConfig config) {
        ClientTlsSettings settings = TlsAssembly.settings(config);
        return new ClientTls(tls.client(owner, settings), settings);
    }
}
