package org.khokahano.http;

import com.linecorp.armeria.client.ClientRequestContext;
import com.linecorp.armeria.client.ClientRequestContextCaptor;
import com.linecorp.armeria.client.Clients;
import com.linecorp.armeria.client.ResponseTimeoutException;
import com.linecorp.armeria.client.UnprocessedRequestException;
import com.linecorp.armeria.client.WriteTimeoutException;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import com.linecorp.armeria.common.logging.RequestLogProperty;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.khokahano.http.AnswerJudge.SentId;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.message.batch.BatchInput;
import org.khokahano.send.SendOutcome;
import org.khokahano.send.Sender;
import org.khokahano.tls.TlsRefusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One lane's way to an HTTP partner: a request for each message, judged by {@link AnswerJudge}. Its
 * connections are on the lane's event loop. HTTP/1.1, or HTTP/2 where TLS offers it.
 *
 * <p>Nothing is sent twice: no redirect is followed and no request repeated. A connection that the
 * partner closes just as the next message goes out ends that send as reset, with its outcome unknown,
 * and the lane sends it again as a possible duplicate. Retry-After is not looked at; the lane's own
 * back-off is bounded and grows.
 */
public final class HttpSender implements Sender {

    private static final Logger LOG = LoggerFactory.getLogger(HttpSender.class);

    private final String destination;
    private final HttpSenderSettings config;
    private final EventLoop loop;
    private final SerialExecutor executor;
    private final AnswerJudge judge;
    private final RequestHeaders headers;
    private final Set<Outstanding> outstanding = new LinkedHashSet<>();
    private @Nullable PartnerClient client;

    /** A request that has no outcome yet. */
    private static final class Outstanding {
        private final SentId controlId;
        private final boolean batch;
        private final Consumer<SendOutcome> outcome;
        private @Nullable ClientRequestContext context;
        private @Nullable HttpResponse response;

        Outstanding(SentId controlId, boolean batch, Consumer<SendOutcome> outcome) {
            this.controlId = controlId;
            this.batch = batch;
            this.outcome = outcome;
        }

        /** Whether a byte of it may have left. */
        boolean hasBegun() {
            return context != null
                    && context.log().isAvailable(RequestLogProperty.REQUEST_FIRST_BYTES_TRANSFERRED_TIME);
        }
    }

    /**
     * @param loop the event loop behind the executor
     * @param executor the lane's executor
     */
    public HttpSender(String destination, HttpSenderSettings config, EventLoop loop, SerialExecutor executor) {
        this.destination = destination;
        this.config = config;
        this.loop = loop;
        this.executor = executor;
        this.judge = new AnswerJudge(config.judge());
        this.headers = headers(config.request());
        // Here rather than at the first send, since the first client of all loads a thousand classes,
        // and the event loop has others to serve.
        this.client = new PartnerClient(config, loop);
    }

    private static RequestHeaders headers(HttpSenderSettings.Request request) {
        HttpMethod method = switch (request.method()) {
            case POST -> HttpMethod.POST;
            case PUT -> HttpMethod.PUT;
        };
        RequestHeadersBuilder headers = RequestHeaders.builder(method, request.target());
        headers.set(HttpHeaderNames.USER_AGENT, "khokahano");
        request.headers().forEach((name, value) -> {
            try {
                headers.set(name, value);
            } catch (IllegalArgumentException e) {
                // Its text would quote the value, which may be secret.
                throw new IllegalArgumentException("the value of header '" + name + "' cannot stand in a header");
            }
        });
        headers.set(HttpHeaderNames.CONTENT_TYPE, request.contentType());
        // The name in the certificate may be another than the host's.
        headers.set(HttpHeaderNames.AUTHORITY, request.url().getRawAuthority());
        Credential credential = request.credential();
        if (credential != null) {
            headers.set(HttpHeaderNames.AUTHORIZATION, credential.headerValue());
        }
        return headers.build();
    }

    @Override
    public void send(byte[] payload, Consumer<SendOutcome> outcome) {
        Outstanding message = new Outstanding(
                judge.needsControlId() ? SentId.of(payload) : SentId.NONE, BatchInput.begins(payload), outcome);
        outstanding.add(message);
        HttpRequest request = HttpRequest.of(headers, HttpData.wrap(payload));
        HttpResponse response;
        try (ClientRequestContextCaptor captor = Clients.newContextCaptor()) {
            response = client().web().execute(request);
            message.context = captor.getOrNull();
        }
        message.response = response;
        var unused = response.aggregate().handle((answer, failure) -> {
            if (executor.isCurrent()) {
                ended(message, answer, failure);
            } else {
                executor.execute(() -> ended(message, answer, failure));
            }
            return null;
        });
    }

    private PartnerClient client() {
        PartnerClient open = client;
        if (open == null) {
            open = new PartnerClient(config, loop);
            client = open;
        }
        return open;
    }

    private void ended(Outstanding message, @Nullable AggregatedHttpResponse answer, @Nullable Throwable failure) {
        if (!outstanding.remove(message)) {
            return;
        }
        if (answer != null) {
            int status = answer.status().code();
            byte[] body = answer.content().array();
            message.outcome.accept(
                    message.batch ? judge.batchOutcome(status, body) : judge.outcome(status, body, message.controlId));
        } else {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            LOG.debug("destination {}: no answer from {}: {}", destination, config.request(), name(cause));
            message.outcome.accept(failed(message, cause));
        }
    }

    /** Texts of exceptions stay out: they may quote what came. */
    private SendOutcome failed(Outstanding message, @Nullable Throwable cause) {
        if (cause instanceof UnprocessedRequestException || !message.hasBegun()) {
            return SendOutcome.refused(refusal(cause));
        }
        if (cause instanceof ResponseTimeoutException || cause instanceof WriteTimeoutException) {
            return SendOutcome.timeout("no answer within " + config.timeout());
        }
        if (cause instanceof ContentTooLargeException) {
            return SendOutcome.unreadable("the answer is longer than " + config.maxAnswerBytes() + " bytes");
        }
        return SendOutcome.reset("the connection ended before the answer (" + name(cause) + ')');
    }

    private String refusal(@Nullable Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof SSLException) {
                return "no TLS connection to " + config.request() + ": "
                        + TlsRefusal.of(each).sentence();
            }
        }
        Throwable reason = cause != null && cause.getCause() != null ? cause.getCause() : cause;
        return "no connection to " + config.request() + " (" + name(reason) + ')';
    }

    private static String name(@Nullable Throwable cause) {
        return cause == null ? "no reason" : cause.getClass().getSimpleName();
    }

    @Override
    public void close() {
        List<Outstanding> ending = new ArrayList<>(outstanding);
        outstanding.clear();
        PartnerClient open = client;
        client = null;
        for (Outstanding message : ending) {
            if (message.response != null) {
                message.response.abort();
            }
        }
        if (open != null) {
            open.close();
        }
        for (Outstanding message : ending) {
            message.outcome.accept(SendOutcome.reset("the connection was closed by this engine"));
        }
    }
}
