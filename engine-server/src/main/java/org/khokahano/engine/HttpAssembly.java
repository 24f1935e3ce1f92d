package org.khokahano.engine;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.khokahano.accept.Intake;
import org.khokahano.accept.Listener;
import org.khokahano.config.BasicConfig;
import org.khokahano.config.BearerConfig;
import org.khokahano.config.HttpDestinationConfig;
import org.khokahano.config.HttpListenerConfig;
import org.khokahano.config.ListenerConfig;
import org.khokahano.event.EngineEvents;
import org.khokahano.format.OutputFormat;
import org.khokahano.http.ClientTls;
import org.khokahano.http.Credential;
import org.khokahano.http.HttpListener;
import org.khokahano.http.HttpListenerSettings;
import org.khokahano.http.HttpSender;
import org.khokahano.http.HttpSenderSettings;
import org.khokahano.http.Judge;
import org.khokahano.http.ServerTls;
import org.khokahano.loop.EngineClock;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.mllp.EventLoops;
import org.khokahano.send.Sender;
import org.khokahano.tls.ClientTlsSettings;
import org.khokahano.tls.ServerTlsSettings;

/** Builds listeners and senders over HTTP from what the configuration says. */
final class HttpAssembly {

    /** A body is one array; what is configured beyond this could not be held anyway. */
    private static final long MAX_BODY_BYTES = 1L << 30;

    private static final String HL7 = "x-application/hl7-v2+er7";

    /** How many of the longest messages a listener holds at a time. */
    private static final int LONGEST_BUFFERED = 8;

    private final EventLoops loops;
    private final TlsAssembly tls;
    private final EngineEvents events;
    private final EngineClock clock;

    HttpAssembly(EventLoops loops, TlsAssembly tls, EngineEvents events, EngineClock clock) {
        this.loops = loops;
        this.tls = tls;
        this.events = events;
        this.clock = clock;
    }

    /** Throws UncheckedIOException where a certificate cannot be used. */
    Listener listener(String name, ListenerConfig listener, Intake intake) {
        HttpListenerConfig http = (HttpListenerConfig) listener.transport();
        HttpListenerSettings.Limits defaults = HttpListenerSettings.Limits.defaults();
        long maxBody = Math.min(http.maxBodyBytes(), MAX_BODY_BYTES);
        HttpListenerSettings.Limits limits = new HttpListenerSettings.Limits(
                (int) maxBody,
                Math.max(defaults.maxBufferedBytes(), maxBody * LONGEST_BUFFERED),
                http.requestTimeout(),
                defaults.idleTimeout(),
                http.maxConnections(),
                listener.maxInFlight());
        HttpListenerSettings settings = new HttpListenerSettings(
                new InetSocketAddress(http.host(), http.port()),
                http.path(),
                limits,
                credentials(http.basic(), http.bearer()),
                serverTls("listener " + name, http));
        return new HttpListener(settings, intake, loops.group(), loops::executorOf, events, clock);
    }

    /** For queries, whose answer is HL7 whatever the status. Errors as below. */
    HttpSenderSettings querySender(String owner, HttpDestinationConfig http, Duration timeout) {
        HttpSenderSettings usual = sender(owner, http, null);
        return HttpSenderSettings.of(usual.request(), timeout, Judge.ACK, usual.tls());
    }

    /** What a destination's lanes share; the format is null for HL7. Throws UncheckedIOException where a certificate cannot be used. */
    HttpSenderSettings sender(String owner, HttpDestinationConfig http, @Nullable OutputFormat format) {
        Map<String, String> headers = new LinkedHashMap<>();
        http.headers().forEach((header, value) -> headers.put(header, value.value()));
        List<Credential> credentials = credentials(http.basic(), http.bearer());
        HttpSenderSettings.Request request = new HttpSenderSettings.Request(
                http.url(),
                switch (http.method()) {
                    case POST -> HttpSenderSettings.Method.POST;
                    case PUT -> HttpSenderSettings.Method.PUT;
                },
                http.contentType().orElse(format == null ? HL7 : format.mediaType()),
                headers,
                credentials.isEmpty() ? null : credentials.get(0));
        org.khokahano.config.Judge usual =
                format == null ? org.khokahano.config.Judge.BOTH : org.khokahano.config.Judge.STATUS;
        Judge judge = switch (http.judge().orElse(usual)) {
            case STATUS -> Judge.STATUS;
            case ACK -> Judge.ACK;
            case BOTH -> Judge.BOTH;
        };
        return HttpSenderSettings.of(request, http.timeout(), judge, clientTls(owner, http));
    }

    /** The sender of one lane. */
    Sender sender(String destination, HttpSenderSettings settings, SerialExecutor executor) {
        return new HttpSender(destination, settings, EventLoops.loopOf(executor), executor);
    }

    private static List<Credential> credentials(Optional<BasicConfig> basic, Optional<BearerConfig> bearer) {
        List<Credential> credentials = new ArrayList<>();
        basic.ifPresent(shown ->
                credentials.add(Credential.basic(shown.user(), shown.password().value())));
        bearer.ifPresent(
                shown -> credentials.add(Credential.bearer(shown.token().value())));
        return credentials;
    }

    private @Nullable ServerTls serverTls(String owner, HttpListenerConfig http) {
        if (http.tls().isEmpty()) {
            return null;
        }
        ServerTlsSettings settings = TlsAssembly.settings(http.tls().get());
        return new ServerTls(settings, tls.server(owner, settings));
    }

    private @Nullable ClientTls clientTls(String owner, HttpDestinationConfig http) {
        if (http.tls().isEmpty()) {
            return null;
        }
        ClientTlsSettings settings = TlsAssembly.settings(http.tls().get());
        return new ClientTls(settings, tls.client(owner, settings));
    }
}
