package org.khokahano.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.config.ConfigurationReader;
import org.khokahano.config.DestinationConfig;
import org.khokahano.config.EngineConfig;
import org.khokahano.lane.AnswerRule;
import org.khokahano.lane.AnswerTable;
import org.khokahano.lane.DeliveryAction;
import org.khokahano.lane.LaneLimits;
import org.khokahano.lane.LaneSettings;
import org.khokahano.lane.RetryPolicy;
import org.khokahano.send.OutcomeKind;

@Tag("unit")
class LaneAssemblyTest {

    @TempDir
    private Path directory;

    @Test
    @DisplayName("R28 the answer table that is configured is the one that lanes go by")
    void shouldTakeTheConfiguredAnswers() throws IOException {
        AnswerTable table = LaneAssembly.answers(destination("answers: {AA: retry, CA: done,"
                + " AE: {deadLetterAfter: 5}, CE: skip, AR: {holdAfter: 2}, CR: hold, noMsa: deadLetter,"
                + " unreadable: hold, timeout: {deadLetterAfter: 9}, refused: skip, reset: hold, unsendable: hold}"));
        assertThat(table.rule(OutcomeKind.AA)).isEqualTo(AnswerRule.atOnce(DeliveryAction.RETRY));
        assertThat(table.rule(OutcomeKind.CA)).isEqualTo(AnswerRule.atOnce(DeliveryAction.DONE));
        assertThat(table.rule(OutcomeKind.AE)).isEqualTo(AnswerRule.after(5, DeliveryAction.DEAD_LETTER));
        assertThat(table.rule(OutcomeKind.CE)).isEqualTo(AnswerRule.atOnce(DeliveryAction.SKIP));
        assertThat(table.rule(OutcomeKind.AR)).isEqualTo(AnswerRule.after(2, DeliveryAction.HOLD));
        assertThat(table.rule(OutcomeKind.CR)).isEqualTo(AnswerRule.atOnce(DeliveryAction.HOLD));
        assertThat(table.rule(OutcomeKind.NO_MSA)).isEqualTo(AnswerRule.atOnce(DeliveryAction.DEAD_LETTER));
        assertThat(table.rule(OutcomeKind.UNREADABLE)).isEqualTo(AnswerRule.atOnce(DeliveryAction.HOLD));
        assertThat(table.rule(OutcomeKind.TIMEOUT)).isEqualTo(AnswerRule.after(9, DeliveryAction.DEAD_LETTER));
        assertThat(table.rule(OutcomeKind.REFUSED)).isEqualTo(AnswerRule.atOnce(DeliveryAction.SKIP));
        assertThat(table.rule(OutcomeKind.RESET)).isEqualTo(AnswerRule.atOnce(DeliveryAction.HOLD));
        assertThat(table.rule(OutcomeKind.UNSENDABLE)).isEqualTo(AnswerRule.atOnce(DeliveryAction.HOLD));
    }

    @Test
    @DisplayName("R28 the defaults of the configuration are those of the lanes")
    void shouldHaveTheSameDefaultsInBothPlaces() throws IOException {
        AnswerTable table = LaneAssembly.answers(destination("order: {}"));
        for (OutcomeKind kind : OutcomeKind.values()) {
            assertThat(table.rule(kind))
                    .as(kind.key())
                    .isEqualTo(AnswerTable.defaults().rule(kind));
        }
    }

    @Test
    @DisplayName("R31 window, retry and memory reach the lane; a window larger than the memory fits")
    void shouldTakeTheConfiguredLimits() throws IOException {
        DestinationConfig config = destination("memory: {messages: 2, bytes: 1MB},"
                + " order: {key: PID-3.1, lanes: 4}, retry: {first: 2s, max: 3m, jitter: 10%, factor: 3}");
        LaneSettings settings = LaneAssembly.settings("out", 3, 5, config);
        assertThat(settings.limits())
                .isEqualTo(new LaneLimits(5, 5, config.memory().bytes()));
        assertThat(settings.retry()).isEqualTo(new RetryPolicy(Duration.ofSeconds(2), Duration.ofMinutes(3), 3, 0.1));
        assertThat(settings).hasToString("out/3");
    }

    private DestinationConfig destination(String more) throws IOException {
        Files.writeString(directory.resolve("engine.yaml"), """
                engine: test
                listeners: {in: {mllp: {port: 2575}}}
                routes: {r: {from: [in], to: [out]}}
                destinations: {out: {mllp: {host: 127.0.0.1, port: 2576}, %s}}
                """.formatted(more));
        EngineConfig config = ConfigurationReader.read(directory, name -> Optional.empty())
                .config()
                .orElseThrow();
        return Objects.requireNonNull(config.destinations().get("out"));
    }
}
