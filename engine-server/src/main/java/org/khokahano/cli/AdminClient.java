package org.khokahano.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.khokahano.cli.terminal.CommandFailure;

/** Asks the admin API of a running engine. */
final class AdminClient {

    /** The engine refused or knows no such thing. */
    static final int REFUSED = 1;
    /** The engine does not answer (EX_UNAVAILABLE). */
    static final int NOT_RUNNING = 69;
    /** The token is missing or wrong (EX_NOPERM). */
    static final int NOT_ALLOWED = 77;

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(90);

    private final URI base;
    private final String token;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_WITHIN)
            .build();
    private final ObjectMapper mapper = new ObjectMapper();

    AdminClient(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    JsonNode get(String path, Map<String, String> query) {
        return json(send(request(path, query).GET().build()));
    }

    byte[] bytes(String path, Map<String, String> query) {
        return send(request(path, query).GET().build());
    }

    JsonNode post(String path, Map<String, ?> body) {
        try {
            return json(send(request(path, Map.of())
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(mapper.writeValueAsString(body)))
                    .build()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder request(String path, Map<String, String> query) {
        String parameters = query.entrySet().stream()
                .map(entry -> entry.getKey() + '=' + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        URI uri = base.resolve(parameters.isEmpty() ? path : path + '?' + parameters);
        return HttpRequest.newBuilder(uri).timeout(ANSWER_WITHIN).header("Authorization", "Bearer " + token);
    }

    private byte[] send(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            if (response.statusCode() == 401) {
                throw new CommandFailure(
                        "the engine at " + base + " does not take this token; it is in admin.token of the data"
                                + " directory of that engine (--data, --token-file or KHOKA_ADMIN_TOKEN)",
                        NOT_ALLOWED);
            }
            if (response.statusCode() != 200) {
                throw new CommandFailure(problem(response), REFUSED);
            }
            return response.body();
        } catch (IOException e) {
            throw new CommandFailure(
                    "no engine answers at " + base + " (" + e.getClass().getSimpleName()
                            + "); start it with 'khoka run DIR', or give its address with --admin URL",
                    NOT_RUNNING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted", NOT_RUNNING);
        }
    }

    private String problem(HttpResponse<byte[]> response) {
        try {
            JsonNode message = mapper.readTree(response.body()).path("message");
            if (message.isTextual()) {
                return message.asText();
            }
        } catch (IOException e) {
            // Not one of the engine's own answers: told below.
        }
        return "HTTP " + response.statusCode() + " from " + base + "; is that an engine's admin port?";
    }

    private JsonNode json(byte[] body) {
        try {
            return mapper.readTree(body);
        } catch (IOException e) {
            throw new CommandFailure("no JSON came from " + base + "; is that an engine's admin port?", REFUSED);
        }
    }
}
