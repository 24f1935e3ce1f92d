package org.khokahano.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import org.khokahano.config.ConfigurationReader;
import org.khokahano.config.EngineConfig;
import org.khokahano.event.EngineEvents;
import org.khokahano.lane.LaneState;
import org.khokahano.store.AppendResult;

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
}
