package org.khokahano.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.khokahano.cli.peer.Sink;
import org.khokahano.cli.peer.SinkAnswer;
import org.khokahano.cli.peer.SinkSettings;
import org.khokahano.config.value.HostPort;

@Tag("socket")
class LoadCommandTest {

    private final Set<String> controlIds = ConcurrentHashMap.newKeySet();

    private Sink sink(SinkSettings.Plan plan) {
        return new Sink(
                new SinkSettings(new HostPort("127.0.0.1", 0), Duration.ZERO, plan),
                (number, bytes, message, answer) ->
                        controlIds.add(message == null ? "" : message.header().controlId()));
    }

    @Test
    void shouldSendEachMessageOnceAndSumUpLatencies() {
        try (Sink sink = sink((message, number) -> SinkAnswer.AA)) {
            CommandRun load = CommandRun.of("load", "127.0.0.1:" + sink.open(), "--messages", 200, "--connections", 4);

            assertThat(load.exitCode()).isZero();
            assertThat(load.out()).contains("200 sent, 200 accepted", "p50", "p95", "p99", "max", "answer AA    200");
            assertThat(controlIds).hasSize(200).allMatch(id -> id.length() <= 20);
        }
    }

    @Test
    void shouldKeepToItsRate() {
        try (Sink sink = sink((message, number) -> SinkAnswer.AA)) {
            CommandRun load = CommandRun.of("load", "127.0.0.1:" + sink.open(), "--rate", 50, "--seconds", 1);

            assertThat(load.exitCode()).isZero();
            assertThat(load.out()).contains("50 sent, 50 accepted");
        }
    }

    @Test
    void shouldEndWith1WhenSomethingWasNotAccepted() {
        try (Sink sink = sink((message, number) -> number % 10 == 0 ? SinkAnswer.AE : SinkAnswer.AA)) {
            CommandRun load = CommandRun.of("load", "127.0.0.1:" + sink.open(), "--messages", 20);

            assertThat(load.exitCode()).isEqualTo(1);
            assertThat(load.out()).contains("20 sent, 18 accepted", "answer AE    2");
        }
    }

    @Test
    void shouldCountConnectionsThatWereLost() {
        try (Sink sink = sink((message, number) -> number == 3 ? SinkAnswer.DROP : SinkAnswer.AA)) {
            CommandRun load = CommandRun.of(
                    "load", "127.0.0.1:" + sink.open(), "--messages", 10, "--connections", 1, "--size", 5000);

            assertThat(load.exitCode()).isEqualTo(1);
            assertThat(load.out()).contains("10 sent, 9 accepted", "1: connection lost");
        }
    }
}
