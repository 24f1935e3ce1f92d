package org.khokahano.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.khokahano.cli.peer.Sink;
import org.khokahano.cli.peer.SinkAnswer;
import org.khokahano.cli.peer.SinkSettings;
import org.khokahano.config.value.HostPort;
import org.khokahano.process.DefaultSignals;

/** The commands as processes, ended as a terminal or a supervisor does it. */
@Tag("crash")
class CommandSignalTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + directory,
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "org.khokahano.cli.Khoka"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(DefaultSignals.of(command))
                .redirectErrorStream(true)
                .redirectOutput(output().toFile())
                .start();
    }

    private Path output() {
        return directory.resolve("output");
    }

    private String text() {
        try {
            return Files.readString(output());
        } catch (IOException e) {
            return "";
        }
    }

    private void awaitOutput(Process process, String text) {
        Awaitility.await(text).atMost(LONG).failFast(() -> !process.isAlive()).until(() -> text().contains(text));
    }

    private int signalled(Process process, String signal) throws Exception {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor();
        assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS))
                .as(text())
                .isTrue();
        return process.exitValue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    @DisplayName("F20 the demo ends in order and with 0 on SIGTERM and Ctrl-C, and removes its data")
    void shouldEndTheDemoInOrder(String signal) throws Exception {
        Process demo = start(
                "demo", "--config", Path.of("..", "config", "national-hub").toString());
        try {
            awaitOutput(demo, "received");
            assertThat(signalled(demo, signal)).as(text()).isZero();
            assertThat(text()).contains("Ended in order");
            try (var left = Files.list(directory)) {
                assertThat(left.filter(file -> file.getFileName().toString().startsWith("khoka-demo-")))
                        .isEmpty();
            }
        } finally {
            demo.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    @DisplayName("F20 load sums up and ends with 0 on SIGTERM and Ctrl-C where all that was sent was accepted")
    void shouldSumUpTheLoadSoFar(String signal) throws Exception {
        CountDownLatch some = new CountDownLatch(50);
        try (Sink sink = sink((number, bytes, message, answer) -> some.countDown(), SinkAnswer.AA)) {
            Process load = start("load", "127.0.0.1:" + sink.open(), "--rate", "200", "--seconds", "600");
            try {
                assertThat(some.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
                assertThat(signalled(load, signal)).as(text()).isZero();
                assertThat(text()).contains("messages", "latency ms").doesNotContain("error");
            } finally {
                load.destroyForcibly();
            }
        }
    }

    @Test
    @DisplayName("F20 load ends with 1 on SIGTERM where a message that was sent has no answer")
    void shouldCountWhatHasNoAnswerAtTheEnd() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        SinkSettings slow = new SinkSettings(new HostPort("127.0.0.1", 0), LONG, (message, number) -> SinkAnswer.AA);
        try (Sink sink = new Sink(slow, (number, bytes, message, answer) -> first.countDown())) {
            Process load = start("load", "127.0.0.1:" + sink.open(), "--connections", "1");
            try {
                assertThat(first.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
                assertThat(signalled(load, "TERM")).as(text()).isEqualTo(1);
                assertThat(text()).contains("1 sent, 0 accepted", "1: no answer before the end");
            } finally {
                load.destroyForcibly();
            }
        }
    }

    @Test
    @DisplayName("F20 the sink ends with 0 on SIGTERM and says how many came")
    void shouldEndTheSink() throws Exception {
        Process sink = start("sink", "0");
        try {
            awaitOutput(sink, "listening on");
            assertThat(signalled(sink, "TERM")).as(text()).isZero();
            assertThat(text()).contains("0 messages received");
        } finally {
            sink.destroyForcibly();
        }
    }

    private static Sink sink(Sink.Listener listener, SinkAnswer answer) {
        return new Sink(
                new SinkSettings(new HostPort("127.0.0.1", 0), Duration.ZERO, (message, number) -> answer), listener);
    }
}
