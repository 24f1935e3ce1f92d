package org.khokahano.http;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.RequestTimeoutException;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.channel.EventLoop;
import io.netty.util.AttributeKey;
import java.security.cert.CertificateException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLSession;
import org.khokahano.accept.Intake;
import org.khokahano.event.EngineEvents;
import org.khokahano.event.FaultPlace;
import org.khokahano.loop.EngineClock;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.tls.ClientCertificates;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes every request to the port: turns it away, or begins its exchange. */
final class MessageService implements HttpService {

    private static final Logger LOG = LoggerFactory.getLogger(MessageService.class);
    private static final AttributeKey<Exchange> EXCHANGE = AttributeKey.valueOf(MessageService.class, "EXCHANGE");

    private static final long LOOK_AGAIN_MILLIS = 5;

    private final HttpListenerSettings config;
    private final Intake intake;
    private final Function<EventLoop, SerialExecutor> executors;
    private final EngineEvents events;
    private final EngineClock clock;
    private final Gate gate;
    private final Load load;
    private volatile boolean stopping;

    MessageService(
            HttpListenerSettings config,
            Intake intake,
            Function<EventLoop, SerialExecutor> executors,
            EngineEvents events,
            EngineClock clock) {
        this.config = config;
        this.intake = intake;
        this.executors = executors;
        this.events = events;
        this.clock = clock;
        this.gate = new Gate(config.path(), config.credentials(), intake::mediaTypes);
        this.load = new Load(config.limits().maxBufferedBytes());
    }

    /** From now on every new request is answered with 503. */
    void stopTaking() {
        stopping = true;
    }

    /**
     * Waits until every request has its answer.
     *
     * @return false where that took too long
     */
    boolean awaitAnswered(long longestNanos) throws InterruptedException {
        long deadline = clock.nanoTime() + longestNanos;
        while (load.requests() > 0) {
            if (clock.nanoTime() - deadline > 0) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
        }
        return true;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        ConnectionState connection = connection(context);
        if (!mayConnectStill(context, connection)) {
            return turnedAway(ResponseHeaders.of(HttpStatus.FORBIDDEN, HttpHeaderNames.CONNECTION, "close"));
        }
        ResponseHeaders refusal = gate.refusal(request.headers(), context.path());
        if (refusal != null) {
            return turnedAway(refusal);
        }
        if (stopping || !connection.begin(config.limits().maxInFlight())) {
            events.requestRefused(intake.listener(), stopping ? "stopping" : "maxInFlight");
            return stopping ? Answers.leaving() : Answers.busy();
        }
        EventLoop loop = context.eventLoop().withoutContext();
        Exchange exchange = new Exchange(
                intake,
                load,
                clock,
                executors.apply(loop),
                new Exchange.Caller(
                        context.remoteAddress().getAddress().getHostAddress(), request.headers(), connection::end),
                config.limits().maxBodyBytes());
        context.setAttr(EXCHANGE, exchange);
        load.begin();
        context.log().whenComplete().thenRun(load::end);
        request.subscribe(exchange, loop);
        return HttpResponse.of(exchange.response());
    }

    private HttpResponse turnedAway(ResponseHeaders answer) {
        events.requestRefused(intake.listener(), "http" + answer.status().code());
        return HttpResponse.of(answer);
    }

    private static ConnectionState connection(ServiceRequestContext context) {
        ConnectionState known = context.connectionContext().attr(ConnectionState.KEY);
        if (known != null) {
            return known;
        }
        ConnectionState first = new ConnectionState();
        context.connectionContext().setAttr(ConnectionState.KEY, first);
        return first;
    }

    /** A resumed TLS session brings its certificate along unchecked. */
    private boolean mayConnectStill(ServiceRequestContext context, ConnectionState connection) {
        ServerTls tls = config.tls();
        SSLSession session = context.sslSession();
        if (tls == null
                || session == null
                || connection.certificateChecked()
                || tls.settings().clients() == ClientCertificates.NONE) {
            return true;
        }
        try {
            tls.context().checkClient(session);
            connection.setCertificateChecked();
            return true;
        } catch (CertificateException e) {
            return false;
        }
    }

    /** What Armeria could not answer by itself; a body would tell strangers about the engine. */
    HttpResponse failed(ServiceRequestContext context, Throwable cause) {
        if (cause instanceof RequestTimeoutException) {
            Exchange exchange = context.attr(EXCHANGE);
            boolean sender = exchange != null && exchange.isWaitingForSender();
            events.requestRefused(intake.listener(), sender ? "requestTimeout" : "busy");
            return sender ? Answers.tooSlow() : Answers.busy();
        }
        LOG.error("listener {}: a request failed with {}", intake.listener(), FaultPlace.of(cause));
        return HttpResponse.of(ResponseHeaders.of(HttpStatus.INTERNAL_SERVER_ERROR));
    }

    /** What is not HTTP, or too long a header. */
    ResponseHeaders violated(HttpStatus status) {
        events.requestRefused(intake.listener(), "http" + status.code());
        return ResponseHeaders.of(status, HttpHeaderNames.CONNECTION, "close");
    }
}
