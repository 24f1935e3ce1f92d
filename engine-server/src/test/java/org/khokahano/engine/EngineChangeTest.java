package org.khokahano.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.admin.ConfigurationDesk.Outcome;
import org.khokahano.config.ConfigurationReader;
import org.khokahano.config.EngineConfig;
import org.khokahano.event.EngineEvents;
import org.khokahano.lane.LaneState;
import org.khokahano.revision.RevisionArchive;
import org.khokahano.store.AppendResult;

@Tag("socket")
class EngineChangeTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private EngineConfig config(String listener, int partner) throws Exception {
        Files.writeString(directory.resolve("engine.yaml"), """
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

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    @DisplayName("P6 a destination that was paused before the restart is paused when the engine starts, whoever starts it")
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
                await().atMost(SOON).untilAsserted(() -> assertThat(second.destinations())
                        .allSatisfy(destination -> assertThat(destination.lanes())
                                .allSatisfy(lane -> assertThat(lane.state()).isEqualTo(LaneState.PAUSED))));
            } finally {
                second.stop();
            }
        }
    }

    @Test
    @DisplayName("F21 an HTTP listener changes in under a second although a request of it is still being read")
    void shouldNotWaitForASlowRequest() throws Exception {
        int port = freePort();
        String listener = "http: {port: %d, host: 127.0.0.1, requestTimeout: 5s, maxBody: %s}";
        try (ScriptedPartner partner = new ScriptedPartner()) {
            RevisionArchive archive = new RevisionArchive(directory.resolve("data"));
            EngineConfig config = config(listener.formatted(port, "1MB"), partner.port());
            Engine engine = EngineAssembly.assemble(config, Optional.empty(), new EngineEvents() {});
            try (Socket slow = new Socket()) {
                engine.start();
                slow.connect(engine.listeners().get(0).address());
                slow.getOutputStream()
                        .write(("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: x-application/hl7-v2+er7\r\n"
                                        + "Content-Length: 5000\r\n\r\nMSH|")
                                .getBytes(StandardCharsets.US_ASCII));
                await().atMost(SOON).until(() -> engine.listeners().get(0).connectionCount() == 1);
                config(listener.formatted(port, "2MB"), partner.port());
                long began = System.nanoTime();
                engine.switchTo(
                        2,
                        ConfigurationReader.read(directory, name -> Optional.empty())
                                .config()
                                .orElseThrow(),
                        () -> {});
                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
                await().atMost(SOON).until(() -> engine.listeners().get(0).problem().isEmpty());
                HttpResponse<String> answer = HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                                        .header("Content-Type", "x-application/hl7-v2+er7")
                                        .POST(HttpRequest.BodyPublishers.ofString(
                                                EngineUnderTest.admission("C1", "P1", "MOTHIBI^THABO")))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
                assertThat(answer.body()).contains("MSA|AA|C1");
                await().atMost(SOON).until(() -> partner.received().size() == 1);
                Outcome planned = new Reconfiguration(engine, archive, name -> Optional.empty(), new EngineEvents() {})
                        .plan(directory.toString());
                assertThat(planned.refused()).isFalse();
                assertThat(planned.changes()).isEmpty();
            } finally {
                engine.stop();
            }
        }
    }
}
