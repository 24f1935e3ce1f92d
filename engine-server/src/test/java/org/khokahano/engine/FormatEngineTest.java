package org.khokahano.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.config.ConfigurationReader;
import org.khokahano.event.EngineEvents;

/** Formats from socket to socket: CSV in and HL7 out, HL7 in and JSON out. */
@Tag("socket")
class FormatEngineTest {

    private static final String CONFIGURATION = """
            engine: formats
            listeners:
              analyser: {http: {port: 0, host: 127.0.0.1, path: /results}, format: cobas}
              ehr: {mllp: {port: 0, host: 127.0.0.1}}
            destinations:
              lis: {mllp: {host: 127.0.0.1, port: %d}, retry: {first: 50ms, max: 100ms}}
              ministry: {http: {url: "http://127.0.0.1:%d/in"}, format: ministry-json, retry: {first: 50ms, max: 100ms}}
            routes:
              results: {from: [analyser], to: [lis]}
              admissions: {from: [ehr], to: [ministry]}
            formats:
              cobas:
                delimited: {separator: ";"}
                message: {type: ORU^R01^ORU_R01, version: 2.5.1}
                fields: {patient: PID-3.1, sample: OBR-3}
                rows: {segment: OBX, fields: {test: OBX-3.1, value: OBX-5}, number: OBX-1}
                together: [sample]
                required: [patient]
              ministry-json:
                json: {}
                fields: {/patient/id: PID-3.1, /patient/name: PID-5.1}
                required: [/patient/id]
            """;

    @TempDir
    private Path directory;

    private final ScriptedPartner lis = new ScriptedPartner();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<String> types = new CopyOnWriteArrayList<>();
    private HttpServer ministry;
    private Engine engine;

    @BeforeEach
    void start() throws IOException {
        ministry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ministry.createContext("/", exchange -> {
            types.add(exchange.getRequestHeaders().getFirst("Content-Type"));
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] thanks = "{\"thanks\":true}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, thanks.length);
            exchange.getResponseBody().write(thanks);
            exchange.close();
        });
        ministry.start();
        Files.writeString(
                directory.resolve("engine.yaml"),
                CONFIGURATION.formatted(lis.port(), ministry.getAddress().getPort()));
        var result = ConfigurationReader.read(directory, name -> Optional.empty());
        assertThat(result.problems()).isEmpty();
        engine = EngineAssembly.assemble(
                result.config().orElseThrow(), Optional.of(directory.resolve("data")), new EngineEvents() {});
        engine.start();
    }

    @AfterEach
    void stop() throws IOException {
        engine.stop();
        ministry.stop(0);
        lis.close();
    }

    private HttpResponse<String> post(String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port("analyser") + "/results"))
                .header("Content-Type", "text/csv")
                .timeout(Duration.ofSeconds(20))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private int port(String name) {
        return engine.listeners().stream()
                .filter(listener -> listener.name().equals(name))
                .map(listener -> Objects.requireNonNull(listener.address()).getPort())
                .findFirst()
                .orElseThrow();
    }

    private String admit(String message) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port("ehr"))) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(ScriptedPartner.frame(message));
            return Objects.requireNonNull(ScriptedPartner.readFrame(socket.getInputStream()));
        }
    }

    @Test
    @DisplayName("R57 Rows of CSV become HL7 for the partner; the same file again is answered and not sent again")
    void shouldSendHl7OfCsv() throws Exception {
        String csv = "sample;patient;test;value\nS1;LS-7;GLU;5.1\nS2;LS-8;GLU;4.2\nS1;LS-7;NA;140\n";

        HttpResponse<String> answer = post(csv);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.body())
                .contains("{\"record\":1,\"outcome\":\"accepted\"")
                .contains("\"record\":2");
        assertThat(post(csv).body()).isEqualTo(answer.body());
        assertThat(post("sample;patient;test;value\nS3;LS-9;K;4\n").statusCode())
                .isEqualTo(200);

        await().atMost(Duration.ofSeconds(30)).until(() -> lis.received().size() == 3);
        assertThat(lis.received().get(0))
                .contains("ORU^R01^ORU_R01", "PID|||LS-7\rOBR|||S1\rOBX|1||GLU||5.1\rOBX|2||NA||140\r");
        assertThat(lis.received().get(1)).contains("LS-8");
        assertThat(lis.received().get(2)).contains("LS-9");
    }

    @Test
    void shouldTakeWhatIsRightAndRefuseTheRestWithItsPlace() throws Exception {
        HttpResponse<String> answer = post("sample;patient;test;value\nS1;LS-7;GLU;5.1\nS2;;GLU;4.2\n");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("{\"record\":1,\"outcome\":\"accepted\"")
                .contains("{\"record\":2,\"outcome\":\"refused\","
                        + "\"reason\":\"line 3, column 'patient': a value is missing\"}");
        await().atMost(Duration.ofSeconds(30)).until(() -> lis.received().size() == 1);
    }

    @Test
    void shouldSendJsonOfHl7() throws Exception {
        assertThat(admit(EngineUnderTest.admission("A1", "", "Mokoena^Palesa"))).contains("MSA|AA|A1");
        assertThat(admit(EngineUnderTest.admission("A2", "4711", "Mokoena^Palesa")))
                .contains("MSA|AA|A2");

        await().atMost(Duration.ofSeconds(30)).until(() -> !bodies.isEmpty());
        // The first lacks what the ministry needs: it is held, and holds up nothing.
        assertThat(bodies).containsExactly("{\"patient\":{\"id\":\"4711\",\"name\":\"Mokoena\"}}");
        assertThat(types).containsExactly("application/json");
    }
}
