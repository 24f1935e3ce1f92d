package org.khokahano.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.khokahano.config.TestConfigurations.messages;
import static org.khokahano.config.TestConfigurations.read;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.khokahano.config.problem.Problem;

/** What is well written and yet no good: loops, things without a use, fields that do not exist. */
@Tag("unit")
class UseChecksTest {
    private static final String BEGIN = """
            engine: hub
            listeners:
              ehr: {mllp: {port: 2575}}
              web: {http: {port: 8090, path: /in}}
            """;
    private static final String ROUTE = "routes:\n  all: {from: [ehr, web], to: [lis]}\n";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "mllp: {host: 127.0.0.1, port: 2575}; 6:39 what is sent there comes back in at the listener 'ehr'",
                "mllp: {host: localhost, port: 2575}; 6:39 what is sent there comes back in at the listener 'ehr'",
                "http: {url: \"http://localhost:8090/in\"}; 6:21 what is sent there comes back in at the listener 'web'",
            })
    @DisplayName("A destination that is the engine's own listener is told")
    void shouldTellALoop(String transport, String said) {
        assertThat(messages(read(directory, BEGIN + "destinations:\n  lis: {" + transport + "}\n" + ROUTE)))
                .containsExactly(said);
    }

    @Test
    @DisplayName("Another port, and the same port of another machine, are no loop")
    void shouldNotTellOfAPartner() {
        for (String transport : List.of("{host: 127.0.0.1, port: 2576}", "{host: lis.example, port: 2575}")) {
            assertThat(messages(read(directory, BEGIN + "destinations:\n  lis: {mllp: " + transport + "}\n" + ROUTE)))
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("A format that nobody uses is told")
    void shouldTellAnUnusedFormat() {
        String destinations = "destinations:\n  lis: {mllp: {host: lis.example, port: 1}}\n";

        assertThat(messages(read(directory, BEGIN + destinations + ROUTE + "formats:\n  xml: {xml: {}}\n")))
                .containsExactly("10:3 no listener and no destination uses the format 'xml'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "msg['PDI-3'] == 'x'; there is no segment PDI in any version of HL7",
                "msg['PID-3'] == 'x' && msg['PID-88'] == 'y'; PID-88 does not exist in any version of HL7",
                "msg.all('OXB-3').exists(code, code == 'x'); there is no segment OXB in any version of HL7",
            })
    @DisplayName("A condition that reads what HL7 does not have would never be true: it is told at the path")
    void shouldTellAFieldThatIsNone(String when, String said) {
        String route = "routes:\n  all: {to: [lis], when: \"" + when + "\"}\n";

        List<Problem> problems = read(
                        directory, BEGIN + "destinations:\n  lis: {mllp: {host: l.example, port: 1}}\n" + route)
                .problems();

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.message()).isEqualTo(said);
            assertThat(problem.sourceLine().substring(problem.column() - 1)).containsPattern("^['\"]?[A-Z]{3}-");
        });
    }

    @Test
    @DisplayName("What an unreadable file would have declared is not called unknown")
    void shouldTellTheUnreadableFileAlone() throws IOException {
        Files.writeString(directory.resolve("more.yaml"), "listeners:\n\tehr: {mllp: {port: 1}}\n");

        assertThat(messages(read(
                        directory,
                        "engine: hub\ninclude: [more.yaml]\ndestinations:\n  lis: {mllp: {host: l.example, port: 1}}\n"
                                + "routes:\n  all: {from: [ehr], to: [lis]}\n")))
                .containsExactly("2:1 a tab where YAML wants spaces");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "log: ''{x}; 8:8 this follows a value that has ended already",
                "log: {level: info; 8:6 this '{' is not closed",
                "` log: {level: info}`; 8:2 this key is indented further than it may be here",
            })
    @DisplayName("YAML's mistakes are told in words, not in its grammar's")
    void shouldTellYamlMistakesInWords(String tail, String said) {
        assertThat(messages(read(directory, BEGIN + "x:\n  y: 1\n" + "z: \"2\"\n" + tail + "\n")))
                .containsExactly(said);
    }
}
