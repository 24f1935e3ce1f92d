package org.khokahano.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.bench.load.LoadHarness;
import org.khokahano.bench.load.LoadPhase;
import org.khokahano.bench.load.PhaseResult;

@Tag("socket")
@Timeout(60)
class MeasuredProcessTest {
    @TempDir
    private Path repository = Path.of("");

    @BeforeEach
    void needsAShell() {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "needs /bin/sh");
    }

    @Test
    void shouldStartMeasureAndStopTheEngineByItsLauncher() throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        launcher("exec '" + java + "' $KHOKA_JAVA_OPTS -cp '" + System.getProperty("java.class.path") + "' "
                + FakeEngine.class.getName());
        try (LoadHarness harness = new LoadHarness(1, 4, 1)) {
            MeasuredProcess.Launch launch = launch(harness.openSink(0));
            try (MeasuredProcess engine = MeasuredProcess.start(workspace(), launch)) {
                engine.awaitReady();
                harness.connect(launch.inPort(), 4, Duration.ofSeconds(5));
                PhaseResult result = harness.run(LoadPhase.of(500), (accepted, delivered) -> {});
                assertThat(result.delivered()).isEqualTo(500);
                assertThat(engine.usage().cpuMicros()).isPositive();
                assertThat(engine.stop()).as("stopped without being killed").isTrue();
                assertThat(engine.isAlive()).isFalse();
            }
        }
        assertThat(Files.readString(repository.resolve("arguments"))).isEqualToIgnoringNewLines("run config/relay");
    }

    @Test
    void shouldShowTheEndOfTheLogWhenTheEngineEndsBeforeItIsReady() throws IOException {
        launcher("echo 'engine.yaml:3:5 unknown key'; exit 78");
        try (MeasuredProcess engine = MeasuredProcess.start(workspace(), launch(1))) {
            assertThatThrownBy(engine::awaitReady)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("ended with code 78")
                    .hasMessageContaining("engine.yaml:3:5 unknown key");
        }
    }

    private void launcher(String command) throws IOException {
        Path script = repository.resolve("khoka");
        Files.writeString(script, "#!/bin/sh\necho \"$@\" > arguments\n" + command + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Workspace workspace() {
        return new Workspace(repository, repository.resolve("out"), Path.of("java"), List.of("-Xmx64m"));
    }

    private MeasuredProcess.Launch launch(int outPort) throws IOException {
        return new MeasuredProcess.Launch(
                Peer.ENGINE,
                1,
                Workspace.freePort(),
                outPort,
                Workspace.freePort(),
                repository.resolve("data"),
                repository.resolve("log"));
    }
}
