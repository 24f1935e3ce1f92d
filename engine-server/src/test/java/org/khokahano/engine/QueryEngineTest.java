package org.khokahano.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
        Files.writeString(
                directory.resolve("engine.yaml"), """
                engine: asked
                store: {embedded: {path: "%s"}}
                listeners: {pdq: {mllp: {port: 0, host: 127.0.0.1}, reply: {%s}, accept: {types: [QBP]}}}
                destinations: {registry: {mllp: {host: 127.0.0.1, port: %d}}}
                %s
                """.formatted(directory.resolve("data"), reply, partner, more));
        return ConfigurationReader.read(directory, name -> Optional.empty());
    }

    private interface Asking {
        void with(int port) throws IOException;
    }

    private void running(String reply, int partner, Asking asking) throws IOException {
        EngineConfig config = read(reply, partner, "").config().orElseThrow();
        Engine engine = EngineAssembly.assemble(config, Optional.empty(), new EngineEvents() {});
        engine.start();
        try {
            asking.with(
                    Objects.requireNonNull(engine.listeners().get(0).address()).getPort());
        } finally {
            engine.stop();
        }
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
    @DisplayName("A route that reads a listener with a reply, and a timeout too long for it, are problems")
    void shouldFindWhatDoesNotGoTogether() throws IOException {
        assertThat(read("from: registry, timeout: 60s", 1, "routes: {all: {from: [pdq], to: [registry]}}")
                        .problems()
                        .toString())
                .contains("nothing of it comes to a route", "gives up a query before");
    }
}
