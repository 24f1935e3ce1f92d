package org.khokahano.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.admin.ConfigurationDesk;
import org.khokahano.config.ConfigurationReader;
import org.khokahano.config.EngineConfig;
import org.khokahano.event.EngineEvents;
import org.khokahano.lane.Destination;
import org.khokahano.lane.LaneState;
import org.khokahano.revision.RevisionArchive;
import org.khokahano.store.AppendResult;
import org.khokahano.store.DirectCompletion;
import org.khokahano.tls.TestCertificates;

@Tag("socket")
class EngineChangeTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private EngineConfig config(String listener, int partner) throws Exception {
        Files.writeString(
                directory.resolve("engine.yaml"), """
                engine: changed
                store: {embedded: {path: "%s"}}
                listeners: {in: {%s}}
                routes: {all: {to: [lis]}}
                destinations: {lis: {mllp: {host: 127.0.0.1, port: %d}}}
                """.formatted(directory.resolve("data"), listener, partner));
        return ConfigurationReader.read(directory, name -> Optional.empty())
                .config()
                .orElseThrow();
    }

    @Test
    @DisplayName(
            "P6 a destination that was paused before the restart is paused when the engine starts, whoever starts it")
    void shouldStartPaused() throws Exception {
        try (ScriptedPartner partner = new ScriptedPartner()) {
            EngineConfig config = config("mllp: {port: 0, host: 127.0.0.1}", partner.port());
            Engine first = EngineAssembly.assemble(config, Optional.empty(), new EngineEvents() {});
            first.start();
            CompletableFuture<AppendResult> paused = new CompletableFuture<>();
            first.store().setPaused("lis", true, "upgrade", 1, new DirectCompletion(paused::complete));
            paused.get(20, TimeUnit.SECONDS);
            first.stop();
            Engine second = EngineAssembly.assemble(config, Optional.empty(), new EngineEvents() {});
            try {
                second.start();
                await().atMost(SOON)
                        .untilAsserted(() -> assertThat(second.destinations())
                                .allSatisfy(destination -> assertThat(destination.lanes())
                                        .allSatisfy(
                                                lane -> assertThat(lane.state()).isEqualTo(LaneState.PAUSED))));
            } finally {
                second.stop();
            }
        }
    }

    private EngineConfig read(Path from) {
        return ConfigurationReader.read(from, name -> Optional.empty()).config().orElseThrow();
    }

    private Reconfiguration reconfiguration(Engine engine, Duration waits) {
        RevisionArchive archive = new RevisionArchive(directory.resolve("data"));
        return new Reconfiguration(engine, archive, name -> Optional.empty(), new EngineEvents() {}, waits);
    }

    private static InetSocketAddress addressOf(Engine engine) {
        return Objects.requireNonNull(engine.listeners().get(0).address(), "the port is not open");
    }

    @Test
    @DisplayName("F21 an HTTP listener that changes on its port is there at once, though a request is still open on the"
            + " old one, which is answered and planned by the new configuration")
    void shouldChangeAnHttpListenerWhileARequestIsOpen() throws Exception {
        try (ScriptedPartner partner = new ScriptedPartner()) {
            int port = ChangeUnderTrafficTest.freePort();
            EngineConfig first = config("http: {port: %d, host: 127.0.0.1}".formatted(port), partner.port());
            Engine engine = EngineAssembly.assemble(first, Optional.empty(), new EngineEvents() {});
            engine.start();
            try {
                byte[] message =
                        EngineUnderTest.admission("S1", "LS1", "Lerato^Test").getBytes(StandardCharsets.ISO_8859_1);
                try (Socket slow = new Socket("127.0.0.1", addressOf(engine).getPort())) {
                    slow.setSoTimeout((int) SOON.toMillis());
                    String head = "POST /hl7 HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\nContent-Length: "
                            + message.length + "\r\n\r\n";
                    slow.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
                    // The request is begun: its headers were read.
                    String go = "HTTP/1.1 100 Continue\r\n\r\n";
                    assertThat(slow.getInputStream().readNBytes(go.length()))
                            .asString()
                            .isEqualTo(go);
                    slow.getOutputStream().write(message, 0, 10);

                    String other = "http: {port: %d, host: 127.0.0.1, maxConnections: 7}".formatted(port);
                    engine.switchTo(3, config(other, partner.port()), () -> {});

                    assertThat(engine.listeners().get(0).problem()).isEmpty();
                    assertThat(addressOf(engine).getPort()).isEqualTo(port);
                    slow.getOutputStream().write(message, 10, message.length - 10);
                    byte[] answer = slow.getInputStream().readNBytes(15);
                    assertThat(new String(answer, StandardCharsets.ISO_8859_1)).isEqualTo("HTTP/1.1 200 OK");
                }
                await().atMost(SOON).until(() -> partner.received().size() == 1);
                assertThat(engine.archive().message(1).orElseThrow().summary().revision())
                        .isEqualTo(3);
            } finally {
                engine.stop();
            }
        }
    }

    @Test
    @DisplayName("A destination whose template is the same, in another revision's files, is not exchanged")
    void shouldKeepADestinationWhoseTemplateIsTheSame() throws Exception {
        Path first = formatted("first", "Bed {PV1-3}");
        Engine engine = EngineAssembly.assemble(read(first), Optional.empty(), new EngineEvents() {});
        engine.start();
        try {
            Destination before = engine.destinations().iterator().next();
            engine.switchTo(2, read(formatted("second", "Bed {PV1-3}")), () -> {});
            assertThat(engine.destinations()).containsExactly(before);
            engine.switchTo(3, read(formatted("third", "Room {PV1-3}")), () -> {});
            assertThat(engine.destinations()).hasSize(1).doesNotContain(before);
        } finally {
            engine.stop();
        }
    }

    private Path formatted(String name, String template) throws IOException {
        Path files = Files.createDirectories(directory.resolve(name));
        Files.writeString(files.resolve("bed.txt"), template);
        Files.writeString(files.resolve("engine.yaml"), """
                engine: changed
                store: {embedded: {path: "%s"}}
                listeners: {in: {mllp: {port: 0, host: 127.0.0.1}}}
                routes: {all: {to: [sms]}}
                formats: {bed: {text: {template: bed.txt}}}
                destinations: {sms: {format: bed, http: {url: "http://127.0.0.1:9/sms"}}}
                """.formatted(directory.resolve("data")));
        return files;
    }

    @Test
    @DisplayName("Certificates whose content changed are told by plan, and are in force after apply")
    void shouldTellOfChangedCertificates() throws Exception {
        TestCertificates certificates = new TestCertificates(directory, "Lesotho test authority");
        certificates.issue("127.0.0.1");
        String tls = "mllp: {port: 0, host: 127.0.0.1, tls: {certificate: 127.0.0.1.pem, key: 127.0.0.1.key}}";
        Engine engine = EngineAssembly.assemble(config(tls, 9), Optional.empty(), new EngineEvents() {});
        engine.start();
        try {
            Reconfiguration reconfiguration = reconfiguration(engine, SOON);
            assertThat(reconfiguration.apply(directory.toString(), "test").applied())
                    .isTrue();
            assertThat(reconfiguration.plan(directory.toString()).changes()).isEmpty();
            long expired = engine.certificates().get(0).certificateExpiryMillis();

            certificates.issue("127.0.0.1", "127.0.0.1", Duration.ofDays(90));

            // The engine looks by itself every few seconds, so that plan may find it done already.
            if (engine.certificates().get(0).reloads() == 0) {
                assertThat(reconfiguration.plan(directory.toString()).changes())
                        .allSatisfy(change -> assertThat(change).startsWith("listener in: the content of its"));
            }
            assertThat(reconfiguration.apply(directory.toString(), "test").applied())
                    .isTrue();
            assertThat(engine.certificates().get(0).reloads()).isOne();
            assertThat(engine.certificates().get(0).certificateExpiryMillis()).isNotEqualTo(expired);
        } finally {
            engine.stop();
        }
    }

    @Test
    @DisplayName("A second apply waits for the first, and is refused where that takes long")
    void shouldRefuseASecondChangeWhileOneIsUnderWay() throws Exception {
        try (ScriptedPartner partner = new ScriptedPartner()) {
            EngineConfig config = config("mllp: {port: 0, host: 127.0.0.1}", partner.port());
            Engine engine = EngineAssembly.assemble(config, Optional.empty(), new EngineEvents() {});
            engine.start();
            try {
                Reconfiguration impatient = reconfiguration(engine, Duration.ofMillis(100));
                CompletableFuture<ConfigurationDesk.Outcome> first;
                synchronized (engine) {
                    // The engine itself is busy, so that the first cannot end.
                    first = CompletableFuture.supplyAsync(() -> impatient.apply(directory.toString(), "first"));
                    await().atMost(SOON).untilAsserted(() -> {
                        ConfigurationDesk.Outcome second = impatient.apply(directory.toString(), "second");
                        assertThat(second.refused()).isTrue();
                        assertThat(second.problems())
                                .singleElement()
                                .satisfies(problem -> assertThat(problem)
                                        .contains("another change has been under way")
                                        .contains("nothing was changed"));
                    });
                    assertThat(first).isNotDone();
                }
                assertThat(first.get(SOON.toSeconds(), TimeUnit.SECONDS).applied())
                        .isTrue();
                assertThat(impatient.apply(directory.toString(), "third").applied())
                        .isTrue();
            } finally {
                engine.stop();
            }
        }
    }
}
