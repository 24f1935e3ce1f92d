package org.khokahano.fault;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/** Calls of an engine's admin port, which may be bound a moment after the engine is ready. */
final class AdminCalls {

    private static final Duration WITHIN = Duration.ofSeconds(20);

    final int port = EngineProcess.freePort();
    private final Path data;
    private final HttpClient http = HttpClient.newHttpClient();

    AdminCalls(Path data) {
        this.data = data;
    }

    String get(String path) {
        return body(HttpRequest.newBuilder(at(path)));
    }

    String post(String path, String json) {
        return body(HttpRequest.newBuilder(at(path)).POST(BodyPublishers.ofString(json)));
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private String body(HttpRequest.Builder request) {
        return Objects.requireNonNull(await("the admin port")
                .atMost(WITHIN)
                .ignoreException(ConnectException.class)
                .until(() -> send(request), Objects::nonNull));
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        String token = Files.readString(data.resolve("admin.token")).strip();
        return http.send(request.setHeader("Authorization", "Bearer " + token).build(), BodyHandlers.ofString())
                .body();
    }
}
