package org.khokahano.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.cli.peer.MllpClient;
import org.khokahano.cli.peer.Sink;
import org.khokahano.cli.peer.SinkAnswer;
import org.khokahano.cli.peer.SinkSettings;
import org.khokahano.config.ConfigurationReader;
import org.khokahano.config.problem.Problem;
import org.khokahano.config.value.HostPort;
import org.khokahano.event.EngineEvents;
import org.khokahano.tls.ClientTlsSettings;
import org.khokahano.tls.TestCertificates;
import org.khokahano.tls.TlsContext;
import org.khokahano.tls.TlsFiles;

/** A gateway sends over HTTPS to a hub, as their configurations describe it, each with a certificate. */
@Tag("socket")
@Timeout(90)
class TlsEngineTest {

    private static final String HUB = """
            engine: hub
            listeners:
              clinics:
                http:
                  port: 0
                  host: 127.0.0.1
                  tls:
                    certificate: hub.example.pem
                    key: hub.example.key
                    clientCa: ca.pem
                    clientAuth: require
                    names: [gateway.example]
            routes:
              all: {to: [lis]}
            destinations:
              lis:
                mllp: {host: 127.0.0.1, port: "${env:PORT}"}
                order: {key: PID-3.1}
            """;

    private static final String GATEWAY = """
            engine: gateway
            listeners:
              ward:
                mllp:
                  port: 0
                  host: 127.0.0.1
                  tls: {certificate: 127.0.0.1.pem, key: 127.0.0.1.key}
            routes:
              all: {to: [hub]}
            destinations:
              hub:
                http:
                  url: "https://127.0.0.1:${env:PORT}/hl7"
                  tls:
                    ca: ca.pem
                    certificate: gateway.pem
                    key: gateway.key
                    serverName: hub.example
                order: {key: PID-3.1}
                retry: {first: 50ms, max: 200ms}
            """;

    @TempDir
    private Path directory;

    private final List<String> received = new CopyOnWriteArrayList<>();
    private Sink laboratory;
    private TestCertificates certificates;
    private Engine hub;
    private Engine gateway;

    @BeforeEach
    void start() throws Exception {
        certificates = new TestCertificates(directory, "Our CA");
        certificates.issue("hub.example");
        certificates.issue("127.0.0.1");
        // Not the name that the hub lets in.
        certificates.issue("gateway", "stranger.example", Duration.ofDays(30));
        laboratory = new Sink(
                new SinkSettings(new HostPort("127.0.0.1", 0), Duration.ZERO, (message, number) -> SinkAnswer.AA),
                (number, bytes, message, given) -> received.add(new String(bytes, StandardCharsets.UTF_8)));
        hub = engine("hub", HUB, laboratory.open());
        gateway = engine("gateway", GATEWAY, port(hub));
    }

    @AfterEach
    void stop() {
        gateway.stop();
        hub.stop();
        laboratory.close();
    }

    private Engine engine(String name, String configuration, int partnerPort) throws IOException {
        Files.writeString(directory.resolve("engine.yaml"), configuration);
        var result = ConfigurationReader.read(
                directory,
                variable -> Optional.ofNullable(Map.of("PORT", "" + partnerPort).get(variable)));
        assertThat(result.problems()).noneMatch(Problem::isError);
        Engine engine = EngineAssembly.assemble(
                result.config().orElseThrow(), Optional.of(directory.resolve(name)), new EngineEvents() {});
        engine.start();
        return engine;
    }

    private static int port(Engine engine) {
        return Objects.requireNonNull(engine.listeners().get(0).address()).getPort();
    }

    private static String admission(int number) {
        return "MSH|^~\\&|EHR|WARD|HUB|MOH|20261101080000||ADT^A01^ADT_A01|T" + number
                + "|P|2.5.1\rPID|1||LS7^^^MOH^NI||Lerato^Test\r";
    }

    @Test
    @DisplayName("F18 P2 P3 over HTTPS with certificates: a name that is refused waits, the right one goes, in order")
    void shouldDeliverInOrderOnceItsCertificateIsTheRightOne() throws Exception {
        TlsFiles trusted = new TlsFiles(null, null, certificates.authorityFile());
        TlsContext tls = TlsContext.client("test", new ClientTlsSettings(trusted, null, true));
        try (MllpClient ward = MllpClient.connect(
                new HostPort("127.0.0.1", port(gateway)), Duration.ofSeconds(20), Optional.of(tls))) {
            for (int i = 1; i <= 10; i++) {
                String answer = new String(
                        ward.exchange(admission(i).getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
                assertThat(answer).contains("MSA|AA|T" + i);
            }
        }
        assertThat(received).isEmpty();
        certificates.issue("gateway", "gateway.example", Duration.ofDays(30));
        await().atMost(Duration.ofSeconds(60)).until(() -> received.size() == 10);
        for (int i = 1; i <= 10; i++) {
            assertThat(received.get(i - 1)).isEqualTo(admission(i));
        }
    }
}
