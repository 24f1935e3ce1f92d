package org.khokahano.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    void shouldSayInOneProblemWhatIsMissingWhenThereIsNoConfiguration(@TempDir Path directory) {
        CommandRun check = CommandRun.of("check", directory.resolve("nowhere"));

        assertThat(check.exitCode()).isEqualTo(78);
        assertThat(check.out()).contains("engine.yaml", "1 error").doesNotContain("\tat ");
    }
}
