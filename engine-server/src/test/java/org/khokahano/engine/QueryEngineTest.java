package org.khokahano.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.config.ConfigurationReader;
import org.khokahano.config.ConfigurationResult;
import org.khokahano.config.EngineConfig;
import org.khokahano.event.EngineEvents;

@Tag("socket")
class QueryEngineTest {

    @TempDir
    private Path directory;

    private ConfigurationResult read(String reply, int partner, String more) throws IOException {
        return read(
                "mllp: {port: 0, host: 127.0.0.1}",
                reply,
                "mllp: {host: 127.0.0.1, port: %d}".formatted(partner),
                more);
    }

    private ConfigurationResult read(String listen, String reply, String registry, String more) throws IOException {
        Files.writeString(directory.resolve("engine.yaml"), """
                engine: asked
                store: {embedded: {path: "%s"}}
                listeners: {pdq: {%s, reply: {%s}, accept: {types: [QBP]}}}
                destinations: {registry: {%s}}
                %s
                """.formatted(
                        directory.resolve("data"), listen, reply, registry, more));
        return ConfigurationReader.read(directory, name -> Optional.empty());
    }

    private interface Asking {
        void with(int port) throws IOException;
    }

    private void running(String reply, int partner, Asking asking) throws IOException {
        running(reply, partner, "", asking);
    }

    private void running(String reply, int partner, String more, Asking asking) throws IOException {
        running(read(reply, partner, more).config().orElseThrow(), asking);
    }

    private static void running(EngineConfig config, Asking asking) throws IOException {
        Engine engine = EngineAssembly.assemble(config, Optional.empty(), new EngineEvents() {});
        engine.start();
        try {
            asking.with(portOf(engine));
        } finally {
            engine.stop();
        }
    }

    private static int portOf(Engine engine) {
        return Objects.requireNonNull(engine.listeners().get(0).address()).getPort();
    }

    private static String query(String id, String type) {
        return "MSH|^~\\&|CLINIC|A|CR|B|20260102||" + type + "|" + id + "|P|2.5|||AL|AL\rQPD|x|" + id + "\r";
    }

    private static String answerTo(String query) {
        String id = query.split("\\|")[9];
        return "MSH|^~\\&|CR|B|CLINIC|A|20260102||RSP^K22|R" + id + "|P|2.5\rMSA|AA|" + id + "\rZZZ|as it is  |\r";
    }

    private static void write(Socket socket, String message) throws IOException {
        socket.getOutputStream().write(('\u000b' + message + "\u001c\r").getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String readFrame(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        DataInputStream data = new DataInputStream(in);
        while (true) {
            int next = data.readUnsignedByte();
            if (next == 0x1c) {
                data.readUnsignedByte();
                return text.substring(1);
            }
            text.append((char) next);
        }
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static String ask(int port, String query) throws IOException {
        try (Socket socket = connect(port)) {
            write(socket, query);
            return readFrame(socket.getInputStream());
        }
    }

    /** A partner that gives what its script says to a query; null ends the connection. */
    private static final class Registry implements AutoCloseable {
        private final ServerSocket server;
        private final UnaryOperator<@Nullable String> script;

        Registry(UnaryOperator<@Nullable String> script) throws IOException {
            this.server = new ServerSocket(0, 300, InetAddress.getLoopbackAddress());
            this.script = script;
            new Thread(this::accept).start();
        }

        private void accept() {
            while (true) {
                try {
                    Socket socket = server.accept();
                    new Thread(() -> serve(socket)).start();
                } catch (IOException e) {
                    return;
                }
            }
        }

        private void serve(Socket socket) {
            try (socket) {
                for (String answer = script.apply(readFrame(socket.getInputStream()));
                        answer != null;
                        answer = script.apply(readFrame(socket.getInputStream()))) {
                    if (!answer.isEmpty()) {
                        write(socket, answer);
                    }
                }
            } catch (IOException e) {
                // The engine has ended the connection.
                return;
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    private static String slow(@Nullable String query) {
        return answerTo(Objects.requireNonNull(query));
    }

    @Test
    @DisplayName("The destination's answer is the asker's, byte for byte, and the answers keep their order")
    void shouldGiveThePartnersAnswer() throws IOException {
        try (Registry registry = new Registry(QueryEngineTest::slow)) {
            running("from: registry", registry.server.getLocalPort(), port -> {
                try (Socket socket = connect(port)) {
                    for (int i = 0; i < 30; i++) {
                        write(socket, query("Q" + i, "QBP^Q22"));
                    }
                    for (int i = 0; i < 30; i++) {
                        assertThat(readFrame(socket.getInputStream())).isEqualTo(answerTo(query("Q" + i, "QBP^Q22")));
                    }
                }
            });
        }
    }

    @Test
    @DisplayName("R22 An accept acknowledgement of the partner is passed over: the reply follows it")
    void shouldPassOverAnAcceptAcknowledgement() throws IOException {
        UnaryOperator<@Nullable String> script = query -> {
            String answer = slow(query);
            String accept = answer.replace("RSP^K22", "ACK").replace("MSA|AA", "MSA|CA");
            return accept + "\u001c\r\u000b" + answer;
        };
        try (Registry registry = new Registry(script)) {
            running(
                    "from: registry",
                    registry.server.getLocalPort(),
                    port -> assertThat(ask(port, query("Q1", "QBP^Q22"))).isEqualTo(answerTo(query("Q1", "QBP^Q22"))));
        }
    }

    @Test
    @DisplayName("R24 R25 Without an answer the asker learns what happened")
    void shouldSayWhatHappened() throws IOException {
        try (Registry registry = new Registry(query -> {
            String id = Objects.requireNonNull(query).split("\\|")[9];
            return switch (id) {
                case "RESET" -> null;
                case "SILENT" -> "";
                case "GARBAGE" -> "no message";
                case "BARE" -> "MSH|^~\\&|CR|B|||20260102||RSP^K22|1|P|2.5\r";
                default -> slow(query);
            };
        })) {
            running("from: registry, timeout: 2s", registry.server.getLocalPort(), port -> {
                assertThat(ask(port, query("RESET", "QBP^Q22"))).contains("MSA|AE|RESET", "|reset^^L|");
                assertThat(ask(port, query("SILENT", "QBP^Q22"))).contains("MSA|AE|SILENT", "|timeout^^L|");
                assertThat(ask(port, query("GARBAGE", "QBP^Q22"))).contains("MSA|AE|GARBAGE", "|unreadable^^L|");
                assertThat(ask(port, query("BARE", "QBP^Q22"))).contains("MSA|AE|BARE", "|noMsa^^L|");
                assertThat(ask(port, query("OTHER", "ADT^A01"))).contains("MSA|AR|OTHER", "|unsupportedType^^L|");
                assertThat(ask(port, query("WELL", "QBP^Q22"))).isEqualTo(answerTo(query("WELL", "QBP^Q22")));
            });
            registry.close();
            running(
                    "from: registry",
                    registry.server.getLocalPort(),
                    port -> assertThat(ask(port, query("Q1", "QBP^Q22"))).contains("MSA|AE|Q1", "|refused^^L|"));
        }
    }

    @Test
    @DisplayName("200 queries at once over four connections are all answered, each with its own answer")
    void shouldAnswerManyAtOnce() throws IOException {
        try (Registry registry = new Registry(QueryEngineTest::slow)) {
            running("from: registry", registry.server.getLocalPort(), port -> {
                List<Socket> askers = new ArrayList<>();
                try {
                    for (int i = 0; i < 200; i++) {
                        Socket socket = connect(port);
                        askers.add(socket);
                        write(socket, query("Q" + i, "QBP^Q22"));
                    }
                    for (int i = 0; i < 200; i++) {
                        assertThat(readFrame(askers.get(i).getInputStream()))
                                .isEqualTo(answerTo(query("Q" + i, "QBP^Q22")));
                    }
                } finally {
                    for (Socket socket : askers) {
                        socket.close();
                    }
                }
            });
        }
    }

    @Test
    @DisplayName("R26 A query and its answer may be mapped; the asker's own id is in the answer it gets")
    void shouldMapQueryAndAnswer() throws IOException {
        Files.writeString(directory.resolve("out.yaml"), """
                mapping: out
                steps:
                  - {set: MSH-5, to: CLIENT-REGISTRY}
                  - {set: MSH-10, to: HUB-1}
                """);
        Files.writeString(directory.resolve("back.yaml"), """
                mapping: back
                steps:
                  - {set: MSH-5, to: MAPPED}
                """);
        List<String> asked = new CopyOnWriteArrayList<>();
        try (Registry registry = new Registry(query -> {
            asked.add(Objects.requireNonNull(query));
            return answerTo(query);
        })) {
            running("from: registry, map: [out.yaml], mapAnswer: [back.yaml]", registry.server.getLocalPort(), port -> {
                String given = ask(port, query("Q1", "QBP^Q22"));
                assertThat(given).contains("|MAPPED|", "\rMSA|AA|Q1\r");
            });
        }
        assertThat(asked).singleElement().asString().contains("|CLIENT-REGISTRY|", "|HUB-1|P|");
    }

    @Test
    @DisplayName("What cannot be mapped is answered with AE and the step's reason, and the partner is not asked")
    void shouldSayWhatCannotBeMapped() throws IOException {
        Files.writeString(directory.resolve("none.yaml"), """
                mapping: none
                steps:
                  - {fail: the registry knows no such query}
                """);
        List<String> asked = new CopyOnWriteArrayList<>();
        try (Registry registry = new Registry(query -> {
            asked.add(Objects.requireNonNull(query));
            return answerTo(query);
        })) {
            running(
                    "from: registry, map: [none.yaml]",
                    registry.server.getLocalPort(),
                    port -> assertThat(ask(port, query("Q1", "QBP^Q22")))
                            .contains("MSA|AE|Q1", "|queryNotMapped^^L|", "the registry knows no such query"));
        }
        assertThat(asked).isEmpty();
    }

    @Test
    @DisplayName("R24 A query is validated like any message, and refused with what is wrong")
    void shouldValidateQueries() throws IOException {
        try (Registry registry = new Registry(QueryEngineTest::slow)) {
            String rules = "validation: {strict: {structure: error}}";
            running(
                    "from: registry}, validate: {with: strict",
                    registry.server.getLocalPort(),
                    rules,
                    port -> assertThat(ask(port, query("Q1", "QBP^Q22^QBP_Q21")))
                            .contains("MSA|AE|Q1", "\rERR|")
                            .contains("RCP"));
            assertThat(read("from: registry}, validate: {with: strict, onError: hold", 1, rules)
                            .problems()
                            .toString())
                    .contains("never held");
        }
    }

    @Test
    @DisplayName("Over HTTP a query is answered in the response, by a partner over MLLP")
    void shouldAnswerOverHttp() throws Exception {
        try (Registry registry = new Registry(QueryEngineTest::slow)) {
            EngineConfig config = read(
                            "http: {port: 0, host: 127.0.0.1}",
                            "from: registry",
                            "mllp: {host: 127.0.0.1, port: %d}".formatted(registry.server.getLocalPort()),
                            "")
                    .config()
                    .orElseThrow();
            running(config, port -> {
                HttpResponse<String> answer = post(port, query("Q1", "QBP^Q22"));
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo(answerTo(query("Q1", "QBP^Q22")));
                HttpResponse<String> refused = post(port, query("Q2", "ADT^A01"));
                assertThat(refused.statusCode()).isEqualTo(200);
                assertThat(refused.body()).contains("MSA|AR|Q2");
            });
        }
    }

    @Test
    @DisplayName("A partner over HTTP answers a query that came by MLLP; one that is too slow is an AE in time")
    void shouldAskOverHttp() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        CountDownLatch over = new CountDownLatch(1);
        server.createContext("/", exchange -> {
            String query = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
            if (query.contains("|SLOW|")) {
                awaitQuietly(over);
            }
            byte[] body = answerTo(query).getBytes(StandardCharsets.ISO_8859_1);
            exchange.getResponseHeaders().add("Content-Type", "application/hl7-v2");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            EngineConfig config = read(
                            "mllp: {port: 0, host: 127.0.0.1}",
                            "from: registry, timeout: 1s",
                            "http: {url: \"http://127.0.0.1:%d/\"}"
                                    .formatted(server.getAddress().getPort()),
                            "")
                    .config()
                    .orElseThrow();
            running(config, port -> {
                assertThat(ask(port, query("SLOW", "QBP^Q22"))).contains("MSA|AE|SLOW", "|timeout^^L|");
                assertThat(ask(port, query("Q1", "QBP^Q22"))).isEqualTo(answerTo(query("Q1", "QBP^Q22")));
            });
        } finally {
            over.countDown();
            server.stop(0);
        }
    }

    @Test
    @DisplayName("A changed configuration asks the new partner; a query that is under way gets the old one's answer")
    void shouldChangeThePartnerUnderAQuery() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        try (Registry before = new Registry(query -> {
                    asked.countDown();
                    awaitQuietly(answer);
                    return answerTo(Objects.requireNonNull(query)).replace("|CR|", "|BEFORE|");
                });
                Registry after = new Registry(
                        query -> answerTo(Objects.requireNonNull(query)).replace("|CR|", "|AFTER|"))) {
            EngineConfig first = read("from: registry", before.server.getLocalPort(), "")
                    .config()
                    .orElseThrow();
            EngineConfig second = read("from: registry", after.server.getLocalPort(), "")
                    .config()
                    .orElseThrow();
            Engine engine = EngineAssembly.assemble(first, Optional.empty(), new EngineEvents() {});
            engine.start();
            try {
                int port = portOf(engine);
                try (Socket old = connect(port)) {
                    write(old, query("Q1", "QBP^Q22"));
                    assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
                    engine.switchTo(2, second, () -> {});
                    assertThat(ask(port, query("Q2", "QBP^Q22"))).contains("|AFTER|", "MSA|AA|Q2");
                    answer.countDown();
                    assertThat(readFrame(old.getInputStream())).contains("|BEFORE|", "MSA|AA|Q1");
                    write(old, query("Q3", "QBP^Q22"));
                    assertThat(readFrame(old.getInputStream())).contains("|AFTER|", "MSA|AA|Q3");
                }
            } finally {
                answer.countDown();
                engine.stop();
            }
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static HttpResponse<String> post(int port, String message) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/hl7"))
                .header("Content-Type", "application/hl7-v2")
                .POST(BodyPublishers.ofString(message, StandardCharsets.ISO_8859_1))
                .build();
        try {
            return HttpClient.newHttpClient().send(request, BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }

    @Test
    @DisplayName("A route that reads a listener with a reply, and a timeout too long for it, are problems")
    void shouldFindWhatDoesNotGoTogether() throws IOException {
        assertThat(read("from: registry, timeout: 60s", 1, "routes: {all: {from: [pdq], to: [registry]}}")
                        .problems()
                        .toString())
                .contains("nothing of it comes to a route", "gives up a query before");
    }

    @Test
    @DisplayName("R46 R24 By release 2 a query that nobody answers is committed, and answered with an error")
    void shouldAnswerByReleaseTwo() throws IOException {
        int nobody;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = free.getLocalPort();
        }
        EngineConfig config = read(
                        "mllp: {port: 0, host: 127.0.0.1, release: 2}",
                        "from: registry, timeout: 2s",
                        "mllp: {host: 127.0.0.1, port: %d}".formatted(nobody),
                        "")
                .config()
                .orElseThrow();
        running(config, port -> {
            try (Socket socket = connect(port)) {
                write(socket, query("Q1", "QBP^Q22"));
                assertThat(readFrame(socket.getInputStream())).isEqualTo("\u0006");
                assertThat(readFrame(socket.getInputStream())).contains("MSA|AE|Q1", "|refused^^L|");
            }
        });
    }
}
