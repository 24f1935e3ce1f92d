package org.khokahano.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The admin API of an engine process, with the token that lies in its data directory. It opens beside the engine, so
 * that a plan of the process names its port ({@link EngineProcess.Plan#admin}).
 */
final class AdminApi {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    final int port;
    private final Path data;
    private final HttpClient http = HttpClient.newHttpClient();

    AdminApi(Path data) {
        this(data, EngineProcess.freePort());
    }

    AdminApi(Path data, int port) {
        this.data = data;
        this.port = port;
    }

    JsonNode get(String path) throws Exception {
        return MAPPER.readTree(text(path));
    }

    /** The answer as it is, for what is no JSON and for looking whether something is in it at all. */
    String text(String path) throws Exception {
        return send(request(path).GET()).body();
    }

    int status(String path) throws Exception {
        return send(request(path).GET()).statusCode();
    }

    JsonNode post(String path, Map<String, ?> body) throws Exception {
        return MAPPER.readTree(send(request(path).POST(BodyPublishers.ofString(MAPPER.writeValueAsString(body))))
                .body());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) throws IOException {
        String encoded = path.replace("(", "%28").replace(" ", "%20");
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + encoded))
                .timeout(Duration.ofSeconds(30))
                .header(
                        "Authorization",
                        "Bearer "
                                + Files.readString(data.resolve("admin.token")).strip());
    }
}
