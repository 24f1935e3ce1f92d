package org.khokahano.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.khokahano.config.TestConfigurations.messages;
import static org.khokahano.config.TestConfigurations.read;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.config.problem.ProblemPrinter;

/** Files that are too large, too deep or no text at all. */
@Tag("unit")
@Timeout(20)
class ConfigurationLimitsTest {
    @TempDir
    private Path directory;

    @Test
    @DisplayName("A file of 10 MB is refused without being parsed")
    void shouldRefuseALargeFile() {
        assertThat(messages(read(directory, "# filler\n".repeat(1_200_000))))
                .containsExactly("1:1 the file is larger than 1 MiB");
    }

    @Test
    @DisplayName("Aliases that multiply are stopped")
    void shouldStopAnAliasBomb() {
        StringBuilder bomb = new StringBuilder("engine: hub\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int level = 1; level < 12; level++) {
            String alias = "*a" + (level - 1);
            bomb.append("a").append(level).append(": &a").append(level).append(" [");
            bomb.append(String.join(", ", Collections.nCopies(10, alias))).append("]\n");
        }
        assertThat(messages(read(directory, bomb.toString())))
                .contains("2:34 aliases make this file larger than 100000 values");
    }

    @Test
    @DisplayName("An alias within itself is stopped")
    void shouldStopARecursiveAlias() {
        assertThat(messages(read(directory, "engine: hub\nlog: &log\n  level: *log\n")))
                .contains("2:6 aliases nest this file deeper than 50 levels");
    }

    @Test
    @DisplayName("Brackets within brackets are stopped")
    void shouldStopDeepNesting() {
        assertThat(messages(read(directory, "engine: " + "[".repeat(20_000))))
                .singleElement()
                .asString()
                .startsWith("1:1 the file nests deeper than 50 levels");
    }

    @Test
    @DisplayName("A byte that is not UTF-8 is told with its place")
    void shouldTellWhereAFileIsNotUtf8() throws IOException {
        byte[] latin1 = "engine: hub\nroutes: {} # caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
        Files.write(directory.resolve("engine.yaml"), latin1);
        assertThat(messages(ConfigurationReader.read(directory, TestConfigurations.environment(Map.of()))))
                .containsExactly("2:17 the byte 0xE9 is not UTF-8");
    }

    @Test
    @DisplayName("A character that has no place in YAML is told with its place")
    void shouldTellWhereACharacterIsNotPrintable() {
        assertThat(messages(read(directory, "engine: hub\nlog: \"\u0007\"\n")))
                .containsExactly("2:7 the character U+0007 does not belong in YAML");
    }

    @Test
    @DisplayName("A byte order mark is no part of the first key")
    void shouldReadAFileWithAByteOrderMark() {
        assertThat(read(directory, "\uFEFFengine: hub\n").config()).isPresent();
    }

    @Test
    @DisplayName("A directory without engine.yaml is told as such")
    void shouldTellThatThereIsNoConfiguration() {
        assertThat(messages(ConfigurationReader.read(directory, TestConfigurations.environment(Map.of()))))
                .containsExactly("1:1 there is no such file");
    }

    @Test
    @DisplayName("A file for a reference is bounded, and is text")
    void shouldRefuseAReferenceToWhatIsNoSmallText() throws IOException {
        Files.write(directory.resolve("large"), new byte[65 * 1024]);
        Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff});
        assertThat(messages(read(directory, "engine: ${file:large}\nlog: {level: \"${file:binary}\"}\n")))
                .containsExactly(
                        "1:9 the file large is larger than 64 KiB", "2:15 the file binary is not text in UTF-8");
    }

    @Test
    @DisplayName("What a file holds is in no message, even if it is not what was wanted")
    void shouldNotTellWhatAReferencedFileHolds() throws IOException {
        Files.writeString(directory.resolve("secret"), "hunter2\n");
        ConfigurationResult result = read(directory, "engine: hub\nlog: {level: \"${file:secret}\"}\n");
        assertThat(messages(result)).containsExactly("2:14 this value is not one of trace, debug, info, warn, error");
        assertThat(result.toString()).doesNotContain("hunter2");
    }

    @Test
    @DisplayName("At most 100 problems are printed, and how many there are")
    void shouldPrintAtMostAHundredProblems() {
        StringBuilder many = new StringBuilder("engine: hub\n");
        for (int key = 0; key < 150; key++) {
            many.append("unknown").append(key).append(": 1\n");
        }
        StringWriter printed = new StringWriter();
        new ProblemPrinter(Path.of("conf"), true)
                .print(read(directory, many.toString()).problems(), new PrintWriter(printed));
        assertThat(printed.toString().lines().filter(line -> line.contains("is not a key")))
                .hasSize(100);
        assertThat(printed.toString())
                .contains("... and 50 more", "150 errors, 0 warnings")
                .startsWith("\u001b[1mconf/engine.yaml:2:1:\u001b[0m \u001b[1;31merror:\u001b[0m ");
    }
}
