package org.khokahano.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.config.ConfigurationReader;
import org.khokahano.config.problem.Problem;
import org.khokahano.event.EngineEvents;

/** HTTP in and HTTP out, through the engine that the configuration describes. */
@Tag("socket")
class HttpEngineTest {

    private static final String CONFIGURATION = """
            engine: clinic-gateway
            listeners:
              clinic:
                http: {port: 0, host: 127.0.0.1, basic: {user: clinic, password: "${env:CLINIC_PASSWORD}"}}
            routes:
              all: {to: [ministry]}
            destinations:
              ministry:
                http: {url: "${env:MINISTRY_URL}", bearer: {token: "${env:MINISTRY_TOKEN}"}}
                order: {key: PID-3.1}
                retry: {first: 50ms, max: 200ms}
            """;

    @TempDir
    private Path directory;

    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private HttpServer ministry;
    private Engine engine;

    @BeforeEach
    void start() throws IOException {
        ministry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ministry.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean refuse = refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
            if (!refuse) {
                bodies.add(body);
                tokens.add(exchange.getRequestHeaders().getFirst("Authorization"));
            }
            exchange.sendResponseHeaders(refuse ? 503 : 200, -1);
            exchange.close();
        });
        ministry.start();
        Files.writeString(directory.resolve("engine.yaml"), CONFIGURATION);
        String url = "http://127.0.0.1:" + ministry.getAddress().getPort() + "/reports";
        var result = ConfigurationReader.read(
                directory,
                name -> Optional.ofNullable(
                        switch (name) {
                            case "CLINIC_PASSWORD" -> "secret";
                            case "MINISTRY_URL" -> url;
                            case "MINISTRY_TOKEN" -> "token";
                            default -> null;
                        }));
        assertThat(result.problems()).noneMatch(Problem::isError);
        engine = EngineAssembly.assemble(
                result.config().orElseThrow(), Optional.of(directory.resolve("data")), new EngineEvents() {});
        engine.start();
    }

    @AfterEach
    void stop() {
        engine.stop();
        ministry.stop(0);
    }

    private HttpResponse<String> post(String body, String credentials) throws Exception {
        int port = Objects.requireNonNull(engine.listeners().get(0).address()).getPort();
        String basic = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/hl7"))
                .header("Content-Type", "application/hl7-v2")
                .header("Authorization", "Basic " + basic)
                .timeout(Duration.ofSeconds(20))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String admission(int number) {
        return "MSH|^~\\&|EHR|CLINIC|HUB|MOH|20261101080000||ADT^A01^ADT_A01|H" + number
                + "|P|2.5.1\rPID|1||LS7^^^MOH^NI||Lerato^Test\r";
    }

    @Test
    @DisplayName("Posted messages are acknowledged in the answer and posted on in order, byte for byte, past a 503")
    void shouldCarryMessagesOverHttp() throws Exception {
        refusals.set(2);
        for (int i = 1; i <= 20; i++) {
            HttpResponse<String> answer = post(admission(i), "clinic:secret");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("MSA|AA|H" + i);
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> bodies.size() == 20);
        for (int i = 1; i <= 20; i++) {
            assertThat(bodies.get(i - 1)).isEqualTo(admission(i));
        }
        assertThat(tokens).containsOnly("Bearer token");
    }

    @Test
    @DisplayName("Wrong credentials are refused, and nothing is stored")
    void shouldRefuseWrongCredentials() throws Exception {
        assertThat(post(admission(1), "clinic:guess").statusCode()).isEqualTo(401);
        assertThat(post(admission(2), "clinic:secret").statusCode()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(30)).until(() -> bodies.size() == 1);
        assertThat(bodies).containsExactly(admission(2));
    }
}
