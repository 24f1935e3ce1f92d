package org.khokahano.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.khokahano.config.TestConfigurations.messages;
import static org.khokahano.config.TestConfigurations.read;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories that cannot be used as they are written. */
@Tag("unit")
class DirectoryChecksTest {

    @TempDir
    private Path directory;

    private List<String> told(String in, String more, String out) {
        return messages(read(directory, """
                engine: hub
                listeners:
                  one: {directory: {path: %s}}
                  two: {directory: {path: %s}}
                routes: {all: {to: [out]}}
                destinations:
                  out: {directory: {path: %s}}
                """.formatted(in, more, out)));
    }

    @Test
    @DisplayName("A directory that is not there, is read twice, or is read and written, is an error with its place")
    void shouldTellDirectoriesAtOdds() {
        String path = directory.toString();
        assertThat(told(path, path, path + "/gone"))
                .containsExactly(
                        "4:27 the directory is read by listener 'one' too",
                        "7:27 there is no directory " + path + "/gone");
        assertThat(told(path, path + "/gone", path + "/."))
                .containsExactly(
                        "4:27 there is no directory " + path + "/gone",
                        "7:27 what is written there would be read again by listener 'one'");
    }

    @Test
    @DisplayName("A directory that is to be made need not be there")
    void shouldLetADirectoryBeMade() {
        String yaml = """
                engine: hub
                listeners:
                  one: {directory: {path: %s/later, create: true}}
                routes: {all: {to: [out]}}
                destinations:
                  out: {mllp: {host: 127.0.0.1, port: 2576}}
                """.formatted(directory);
        assertThat(messages(read(directory, yaml))).isEmpty();
    }

    @Test
    @DisplayName("Names of HL7 files beside a format, and records that would be sent twice, are warnings")
    void shouldWarnOfFormatsInHl7Files() {
        String yaml = """
                engine: hub
                listeners:
                  one: {directory: {path: %s}, format: csv, accept: {duplicates: off}}
                routes: {all: {to: [out]}}
                destinations:
                  out: {directory: {path: /tmp}, format: csv}
                formats:
                  csv: {delimited: {}, message: {type: ORU^R01^ORU_R01}, fields: {a: PID-3.1}}
                """.formatted(directory);
        assertThat(messages(read(directory, yaml)))
                .anySatisfy(message -> assertThat(message).contains("only files named *.hl7 are read"))
                .anySatisfy(message -> assertThat(message).contains("the files will be called .hl7"))
                .anySatisfy(message -> assertThat(message).contains("its records are sent twice"))
                .hasSize(3);
    }

    @Test
    @DisplayName("Files may not be moved to where they are read")
    void shouldTellMovesInACircle() {
        String yaml = """
                engine: hub
                listeners:
                  one: {directory: {path: %s, failed: %s}}
                routes: {all: {to: [out]}}
                destinations:
                  out: {mllp: {host: 127.0.0.1, port: 2576}}
                """.formatted(directory, directory);
        assertThat(messages(read(directory, yaml)))
                .singleElement()
                .asString()
                .contains("files that are moved there would be read again by listener 'one'");
    }

    @Test
    @DisplayName("A name without the delivery's number, and a pattern that is none, are errors")
    void shouldTellBadNames() {
        String yaml = """
                engine: hub
                listeners:
                  one: {directory: {path: %s, pattern: "*.{hl7"}}
                routes: {all: {to: [out]}}
                destinations:
                  out: {directory: {path: /, name: "{patient}.hl7"}}
                """.formatted(directory);
        assertThat(messages(read(directory, yaml)))
                .anySatisfy(message -> assertThat(message).contains("the pattern cannot be read"))
                .anySatisfy(message -> assertThat(message).contains("there is no placeholder {patient}"));
    }
}
