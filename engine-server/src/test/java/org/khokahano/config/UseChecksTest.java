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
    @DisplayName("A mapping file that nothing names is told; other files are left alone")
    void shouldTellAnUnusedMappingFile() throws IOException {
        Files.createDirectory(directory.resolve("maps"));
        Files.writeString(directory.resolve("maps/used.yaml"), "mapping: used\nsteps: [{call: maps/inner.yaml}]\n");
        Files.writeString(directory.resolve("maps/inner.yaml"), "mapping: inner\nsteps: []\n");
        Files.writeString(directory.resolve("maps/forgotten.yaml"), "# once\nmapping: forgotten\nsteps: []\n");
        Files.writeString(directory.resolve("maps/other.yaml"), "notes: x\nmapping: y\n");

        List<Problem> told = read(
                        directory,
                        BEGIN + "destinations:\n  lis: {mllp: {host: lis.example, port: 1}}\n"
                                + ROUTE.replace("to:", "map: [maps/used.yaml], to:"))
                .problems();

        assertThat(told)
                .extracting(problem -> problem.file() + ":" + problem.line() + ": " + problem.message())
                .containsExactly("maps/forgotten.yaml:2: nothing uses this mapping file");
        assertThat(told.get(0).isError()).isFalse();
    }

    @Test
    @DisplayName("A format that nobody uses is told")
    void shouldTellAnUnusedFormat() {
        String destinations = "destinations:\n  lis: {mllp: {host: lis.example, port: 1}}\n";

        assertThat(messages(read(directory, BEGIN + destinations + ROUTE + "formats:\n  xml: {xml: {}}\n")))
                .containsExactly("10:3 no listener and no destination uses the format 'xml'");
    }

    @Test
    @DisplayName("A code table that nothing names is told; one that a condition or a step names is not")
    void shouldTellAnUnusedTable() throws IOException {
        Files.writeString(directory.resolve("wards.csv"), "code,target\nA,B\n");
        String destinations = "destinations:\n  lis: {mllp: {host: lis.example, port: 1}}\n";
        String tables = "tables:\n  wards: {file: wards.csv}\n";
        String asking = "routes:\n  all: {to: [lis], when: \"table('wards').has(msg['PV1-3.1'])\"}\n";

        assertThat(messages(read(directory, BEGIN + destinations + ROUTE + tables)))
                .containsExactly("10:3 nothing uses the code table 'wards'");
        assertThat(messages(read(directory, BEGIN + destinations + asking + tables)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{key: PDI-3.1}; there is no segment PDI in any version of HL7",
                "{key: PID-99}; PID-99 does not exist in any version of HL7",
            })
    @DisplayName("An order by a field that HL7 does not have would put all messages into one lane: it is told")
    void shouldTellAnOrderByAFieldThatIsNone(String order, String said) {
        String destinations = "destinations:\n  lis: {mllp: {host: lis.example, port: 1}, order: " + order + "}\n";

        assertThat(messages(read(directory, BEGIN + destinations + ROUTE))).containsExactly("6:58 " + said);
    }

    @Test
    @DisplayName("A name that stands twice in a list of a route is told at the second")
    void shouldTellANameThatStandsTwice() {
        String destinations = "destinations:\n  lis: {mllp: {host: lis.example, port: 1}}\n";
        String route = "routes:\n  all: {from: [ehr, web, ehr], to: [lis, lis]}\n";

        assertThat(messages(read(directory, BEGIN + destinations + route)))
                .containsExactly("8:26 'ehr' stands in 'from' already", "8:42 'lis' stands in 'to' already");
    }

    @ParameterizedTest
    @CsvSource({
        "00A0, a no-break space",
        "200B, a zero width space",
        "FEFF, a byte order mark",
        "00AD, a soft hyphen",
    })
    @DisplayName("A character that nobody sees is named where it is, but for comments")
    void shouldNameInvisibleCharacters(String code, String name) {
        char invisible = (char) Integer.parseInt(code, 16);
        String text = "# a comment" + invisible + "\nengine: hub" + invisible + "\n";

        assertThat(messages(read(directory, text)))
                .contains("2:12 there is " + name + " here, which nobody sees (U+" + code + ")");
        assertThat(messages(read(directory, "# only a comment" + invisible + "\nengine: hub\n")))
                .noneMatch(message -> message.contains("nobody sees"));
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
