package org.khokahano.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.khokahano.config.ConfigurationReader;
import org.khokahano.event.EngineEvents;

@Tag("socket")
class Utf16EngineTest {

    private static final Duration WITHIN = Duration.ofSeconds(20);
    private static final String MARK = "\uFEFF";
    private static final String MESSAGE = "MSH|^~\\&|LAB|QMMH|LIS|NRL|20261123080000||ORU^R01^ORU_R01|W1|P|2.5.1|||||"
            + "|UNICODE UTF-16\rPID|1||4711||\u4E0B\u4E1C\u010B^Mots\u0161elisi\r";

    @TempDir
    private Path directory;

    private final ScriptedPartner partner = new ScriptedPartner();
    private Engine engine;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(directory.resolve("engine.yaml"), """
                engine: utf16
                admin: {listen: "127.0.0.1:0"}
                listeners:
                  in: {mllp: {port: 0, host: 127.0.0.1}, accept: {utf16: true}}
                  web: {http: {port: 0, host: 127.0.0.1}, accept: {utf16: true}}
                routes: {all: {to: [lis]}}
                destinations: {lis: {mllp: {host: 127.0.0.1, port: %d}}}
                """.formatted(partner.port()));
        engine = EngineAssembly.assemble(
                ConfigurationReader.read(directory, name -> Optional.empty())
                        .config()
                        .orElseThrow(),
                Optional.of(directory.resolve("data")),
                new EngineEvents() {});
        engine.start();
    }

    @AfterEach
    void stop() throws IOException {
        engine.stop();
        partner.close();
    }

    private int port(String listener) {
        return engine.listeners().stream()
                .filter(each -> each.name().equals(listener))
                .map(each -> Awaitility.await().atMost(WITHIN).until(each::address, Objects::nonNull))
                .mapToInt(InetSocketAddress::getPort)
                .findFirst()
                .orElseThrow();
    }

    private static byte[] answer(Socket socket) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] bytes = out.toByteArray();
        while (bytes.length < 2 || bytes[bytes.length - 2] != 0x1C || bytes[bytes.length - 1] != 0x0D) {
            out.write(socket.getInputStream().read());
            bytes = out.toByteArray();
        }
        return Arrays.copyOfRange(bytes, 1, bytes.length - 2);
    }

    private void deliveredInUtf8() {
        Awaitility.await().atMost(WITHIN).until(() -> partner.received().size() == 1);
        assertThat(partner.received().get(0).getBytes(StandardCharsets.ISO_8859_1))
                .isEqualTo(MESSAGE.replace("UTF-16", "UTF-8").getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({"UTF-16LE, true", "UTF-16BE, true", "UTF-16LE, false", "UTF-16BE, false"})
    @DisplayName(
            "R51 UTF-16 over MLLP by option: answered in UTF-16, delivered in UTF-8; other messages beside it as ever")
    void shouldTakeUtf16OverMllp(String charset, boolean marked) throws IOException {
        Charset order = Charset.forName(charset);
        try (Socket socket = new Socket("127.0.0.1", port("in"))) {
            socket.setSoTimeout((int) WITHIN.toMillis());
            ByteArrayOutputStream frame = new ByteArrayOutputStream();
            frame.write(0x0B);
            frame.writeBytes(((marked ? MARK : "") + MESSAGE).getBytes(order));
            frame.write(0x1C);
            frame.write(0x0D);
            socket.getOutputStream().write(frame.toByteArray());
            String answer = new String(answer(socket), order);
            assertThat(answer).startsWith(marked ? MARK + "MSH|" : "MSH|").contains("MSA|AA|W1", "|UNICODE UTF-16\r");
            deliveredInUtf8();
            String latin =
                    MESSAGE.replace("W1", "W2").replace("UNICODE UTF-16", "").replaceAll("[^\\x00-\\x7F]", "");
            socket.getOutputStream().write(ScriptedPartner.frame(latin));
            assertThat(new String(answer(socket), StandardCharsets.US_ASCII)).contains("MSA|AA|W2");
        }
    }

    @ParameterizedTest
    @CsvSource({"UTF-16LE, true", "UTF-16BE, true", "UTF-16LE, false", "UTF-16BE, false"})
    @DisplayName("R45 R51 A batch in UTF-16 over MLLP is answered by a batch in UTF-16, and delivered in UTF-8")
    void shouldTakeABatchInUtf16OverMllp(String charset, boolean marked) throws IOException {
        Charset order = Charset.forName(charset);
        try (Socket socket = new Socket("127.0.0.1", port("in"))) {
            socket.setSoTimeout((int) WITHIN.toMillis());
            String batch = "BHS|^~\\&|LAB|QMMH|LIS|NRL||\u201C\r" + MESSAGE + "BTS|1\r";
            ByteArrayOutputStream frame = new ByteArrayOutputStream();
            frame.write(0x0B);
            frame.writeBytes(((marked ? MARK : "") + batch).getBytes(order));
            frame.write(0x1C);
            frame.write(0x0D);
            socket.getOutputStream().write(frame.toByteArray());
            String answer = new String(answer(socket), order);
            assertThat(answer).startsWith(marked ? MARK + "BHS|" : "BHS|").contains("MSA|AA|W1", "BTS|1");
            deliveredInUtf8();
        }
    }

    @ParameterizedTest
    @CsvSource({"UTF-16LE, true", "UTF-16BE, false"})
    @DisplayName("R51 UTF-16 over HTTP by option; what is cut off within a character is refused with the reason")
    void shouldTakeUtf16OverHttp(String charset, boolean marked) throws IOException, InterruptedException {
        Charset order = Charset.forName(charset);
        byte[] body = ((marked ? MARK : "") + MESSAGE).getBytes(order);
        HttpResponse<byte[]> answer = post(body);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new String(answer.body(), order)).contains("MSA|AA|W1");
        deliveredInUtf8();
        HttpResponse<byte[]> refused = post(Arrays.copyOf(body, body.length - 1));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(new String(refused.body(), order)).contains("half a character");
        assertThat(engine.archive().quarantine(Long.MAX_VALUE, 10))
                .singleElement()
                .satisfies(input -> assertThat(input.reason()).isEqualTo("brokenUtf16"));
    }

    private HttpResponse<byte[]> post(byte[] body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port("web") + "/hl7"))
                .header("Content-Type", "application/hl7-v2; charset=utf-16")
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
    }
}
