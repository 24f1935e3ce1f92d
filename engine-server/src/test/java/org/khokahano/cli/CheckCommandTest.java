package org.khokahano.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class CheckCommandTest {

    @ParameterizedTest
    @ValueSource(strings = {"relay", "national-hub"})
    void shouldFindNothingWrongInTheShippedConfigurations(String name) {
        CommandRun check = CommandRun.of("check", Path.of("..", "config", name));

        assertThat(check.out()).startsWith("OK  ").contains("'" + name + "'").doesNotContain("warning");
        assertThat(check.exitCode()).isZero();
    }

    @Test
    void shouldCountWhatItFound() {
        CommandRun check = CommandRun.of("check", Path.of("..", "config", "relay"));

        assertThat(check.out()).contains("1 listener, 1 route, 1 destination");
    }

    @Test
    void shouldShowEveryProblemAndEndWith78WhenThereAreErrors(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("engine.yaml"), "engine: hub\nlisteners:\n  in:\n    mllp: {prot: 1}\n");

        CommandRun check = CommandRun.of("check", directory);

        assertThat(check.exitCode()).isEqualTo(78);
        assertThat(check.out())
                .contains("engine.yaml:4:", "did you mean 'port'?")
                .doesNotContain("OK");
    }

    @Test
    void shouldPassWhenThereAreWarningsOnly(@TempDir Path directory) throws IOException {
        Files.writeString(
                directory.resolve("engine.yaml"),
                "engine: hub\ndestinations:\n  out:\n    mllp: {host: lis.example, port: 2576}\n");

        CommandRun check = CommandRun.of("check", directory);

        assertThat(check.exitCode()).isZero();
        assertThat(check.out()).contains("warning", "OK  ");
    }

    @Test
    @DisplayName("R6 a bound over all connections that is below one listener's longest frame is warned of")
    void shouldWarnWhenNoFrameOfFullLengthFits(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("engine.yaml"), """
                engine: hub
                limits: {unfinishedFrames: 2MB}
                listeners:
                  wide: {mllp: {port: 2575, maxFrame: 4MB}}
                  fits: {mllp: {port: 2576, maxFrame: 2MB}}
                routes: {all: {to: [out]}}
                destinations: {out: {mllp: {host: lis.example, port: 2577}}}
                """);

        CommandRun check = CommandRun.of("check", directory);

        assertThat(check.exitCode()).isZero();
        assertThat(check.out())
                .contains("engine.yaml:2:", "the listener 'wide'", "1 warning")
                .doesNotContain("'fits'");
    }

    @Test
    void shouldSayInOneProblemWhatIsMissingWhenThereIsNoConfiguration(@TempDir Path directory) {
        CommandRun check = CommandRun.of("check", directory.resolve("nowhere"));

        assertThat(check.exitCode()).isEqualTo(78);
        assertThat(check.out()).contains("engine.yaml", "1 error").doesNotContain("\tat ");
    }
}
