package org.khokahano.admin;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServerBuilder;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the admin port serves. Until an engine is attached, it answers that the engine is starting. */
public final class AdminServices {

    private static final MediaType PROMETHEUS = MediaType.parse("text/plain; version=0.0.4; charset=utf-8");
    private static final String INDEX = """
            Khokahano

            /metrics            Prometheus metrics
            /health/live        200 while the process answers
            /health/ready       200 while messages are taken, 503 while not; the body says why
            /api/openapi.json   what the API offers; everything below /api asks for the token
            """;

    private final AdminToken token;
    private final Supplier<String> scrape;
    private final Json json = new Json();
    private volatile @Nullable Supplier<EngineStatus> engine;

    public AdminServices(AdminToken token, Supplier<String> scrape) {
        this.token = token;
        this.scrape = scrape;
    }

    /** Serves this engine from now on. */
    public void attach(Supplier<EngineStatus> status) {
        engine = status;
    }

    public boolean takesMessages() {
        return readiness().takesMessages();
    }

    private Readiness readiness() {
        Supplier<EngineStatus> attached = engine;
        return attached == null ? Readiness.starting() : Readiness.of(attached.get());
    }

    /** Adds all that is served. */
    public void addTo(ServerBuilder server) {
        HealthService health = new HealthService(json, this::readiness);
        server.service("/", (context, request) -> AdminServer.text(INDEX));
        server.service("/health/live", (context, request) -> health.live());
        server.service("/health/ready", (context, request) -> health.ready());
        server.service(
                "/metrics",
                (context, request) -> HttpResponse.of(CompletableFuture.supplyAsync(
                        () -> HttpResponse.of(PROMETHEUS, scrape.get()), context.blockingTaskExecutor())));
    }
}
