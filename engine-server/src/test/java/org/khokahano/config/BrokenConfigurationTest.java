package org.khokahano.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.khokahano.config.problem.ProblemPrinter;

/**
 * Each directory under {@code config/broken} has a configuration with one kind of mistake and in
 * {@code expected.txt} all that is to be said about it.
 */
@Tag("unit")
class BrokenConfigurationTest {

    static Stream<String> cases() throws IOException {
        try (Stream<Path> directories = Files.list(TestConfigurations.resource("config/broken"))) {
            return directories.map(Path::getFileName).map(Path::toString).sorted().toList().stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    @DisplayName("Each mistake is told with its place, its line and what to do")
    void shouldTellEachMistakeAtItsPlace(String name) throws IOException {
        Path directory = TestConfigurations.resource("config/broken").resolve(name);
        String printed = print(directory);
        assertThat(printed)
                .as("what is printed for %s", name)
                .isEqualTo(Files.readString(directory.resolve("expected.txt")));
        assertThat(printed).as("secrets in it").doesNotContain("hunter2");
    }

    private static String print(Path directory) {
        ConfigurationResult result = ConfigurationReader.read(directory, variable -> Optional.empty());
        boolean broken = result.problems().stream().anyMatch(problem -> problem.isError());
        assertThat(result.config().isEmpty())
                .as("no configuration comes of an error")
                .isEqualTo(broken);
        StringWriter text = new StringWriter();
        new ProblemPrinter(Path.of(""), false).print(result.problems(), new PrintWriter(text));
        return text.toString().replace(System.lineSeparator(), "\n");
    }
}
