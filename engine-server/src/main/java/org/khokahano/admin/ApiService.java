package org.khokahano.admin;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.khokahano.event.FaultPlace;
import org.khokahano.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves one route of the API: asks for the token, reads the request, and lets the handler answer on a
 * thread that may block.
 */
final class ApiService implements HttpService {

    private static final Logger LOG = LoggerFactory.getLogger(ApiService.class);
    private static final String BEARER = "Bearer ";

    private final ApiRoute route;
    private final AdminToken token;
    private final Json json;
    private final AtomicLong refusals;

    /**
     * Serves one route.
     *
     * @param refusals counts requests with a wrong token or none
     */
    ApiService(ApiRoute route, AdminToken token, Json json, AtomicLong refusals) {
        this.route = route;
        this.token = token;
        this.json = json;
        this.refusals = refusals;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        if (!isAllowed(request)) {
            logRefusal(context);
            return json.problem(
                    HttpStatus.UNAUTHORIZED,
                    "unauthorized",
                    "send 'Authorization: Bearer TOKEN' with what " + AdminToken.FILE + " in the data directory holds");
        }
        CompletableFuture<HttpResponse> answer =
                request.aggregate().thenApplyAsync(whole -> answer(context, whole), context.blockingTaskExecutor());
        return HttpResponse.of(answer);
    }

    private HttpResponse answer(ServiceRequestContext context, AggregatedHttpRequest request) {
        try {
            Object value = route.handler().handle(ApiRequest.read(context, request, route));
            return value instanceof byte[] bytes ? bytes(bytes) : json.ok(value);
        } catch (ApiException e) {
            return json.problem(e.status(), e.code(), e.message());
        } catch (StoreException e) {
            return json.problem(HttpStatus.SERVICE_UNAVAILABLE, "store", String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("{} {} failed: {}", route.method(), route.path(), FaultPlace.of(e));
            return json.problem(HttpStatus.INTERNAL_SERVER_ERROR, "internal", "the engine's log says more");
        }
    }

    private static HttpResponse bytes(byte[] bytes) {
        ResponseHeaders headers = ResponseHeaders.builder(HttpStatus.OK)
                .contentType(MediaType.OCTET_STREAM)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .build();
        return HttpResponse.of(headers, HttpData.wrap(bytes));
    }

    private boolean isAllowed(HttpRequest request) {
        String header = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
        return header.startsWith(BEARER)
                && token.matches(header.substring(BEARER.length()).strip());
    }

    /** The first and then each power of ten: enough to see an attack, too little to fill a disk. */
    private void logRefusal(ServiceRequestContext context) {
        long count = refusals.incrementAndGet();
        if (count == 1 || count == 10 || count == 100 || count % 1_000 == 0) {
            LOG.warn(
                    "the API was asked without its token, {} times so far, now from {}",
                    count,
                    context.remoteAddress().getAddress().getHostAddress());
        }
    }
}
