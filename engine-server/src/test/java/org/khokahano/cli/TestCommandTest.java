package org.khokahano.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("unit")
class TestCommandTest {
    private static final String MESSAGE = """
            message: |
              MSH|^~\\&|EHR|LERIBE|HUB|D|20261103081500||ADT^A01^ADT_A01|LER-1|P|2.5.1
              PID|1||LS-0042117^^^LERIBE^MR||Mokoena^Palesa||19900412|F
              PV1|1|I|W9
            """;

    @TempDir
    private Path directory;

    @BeforeEach
    void writeAConfiguration() throws IOException {
        write("engine.yaml", """
                engine: district
                filters:
                  tests: {when: "msg.processingId == 'T'", reason: "tests stay here"}
                tables:
                  wards: {file: wards.csv}
                listeners:
                  ehr: {mllp: {port: 2575}, accept: {types: [ADT]}}
                routes:
                  wards: {from: [ehr], except: [tests], map: [wards.yaml], to: [registry]}
                  archive: {from: [ehr], when: "msg.event == 'A01'", to: [archive]}
                destinations:
                  registry: {mllp: {host: 127.0.0.1, port: 3601}}
                  archive: {mllp: {host: 127.0.0.1, port: 3602}}
                """);
        write("wards.csv", "code,target\nW3,WARD-3\nW4,WARD-4\n");
        write("wards.yaml", """
                mapping: wards
                steps:
                  - {translate: PV1-3.1, table: wards}
                  - {set: MSH-10, to: NEW}
                  - when: "msg['PID-8'] == 'M'"
                    do: [{set: PID-8, to: male}]
                """);
    }

    static Stream<Path> shipped() throws IOException {
        try (Stream<Path> found = Files.list(Path.of("..", "config"))) {
            return found.filter(Files::isDirectory).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void shouldPassEveryCaseOfTheShippedConfigurations(Path configuration) {
        CommandRun test = CommandRun.of("test", configuration);

        assertThat(test.out()).contains(" 0 failed").doesNotContain("FAILED");
        assertThat(test.exitCode()).isZero();
    }

    @Test
    void shouldPassWhenADeliveryIsHeldForTheReasonThatTheCaseGives() throws IOException {
        writeCase("{ack: AA, destinations: {archive: received}, held: {registry: \"PV1[1]-3.1 in table wards\"}}");

        CommandRun test = CommandRun.of("test", directory);

        assertThat(test.out()).contains("ok      an admission").contains("1 case, 0 failed");
        assertThat(test.exitCode()).isZero();
    }

    @Test
    void shouldFailWhenAnythingGoesOutThatTheCaseDoesNotName() throws IOException {
        writeCase("{ack: AA, none: true}");

        CommandRun test = CommandRun.of("test", directory);

        assertThat(test.out())
                .contains("archive gets 1 message, expected: none", "registry: the delivery is held: no row for");
        assertThat(test.exitCode()).isEqualTo(1);
    }

    @Test
    void shouldSayWhyWhenADestinationGetsNothing() throws IOException {
        writeCase("{destinations: {archive: [received, received]}, held: {registry: no row}}");

        assertThat(CommandRun.of("test", directory).out()).contains("archive gets 1 message, expected: 2 messages");
    }

    @Test
    void shouldFailWhenTheAnswerOrTheReasonOfARefusalIsAnother() throws IOException {
        write(
                "cases/a.yaml",
                "case: an admission\nlistener: ehr\n"
                        + MESSAGE.replace("ADT^A01", "ORU^R01")
                        + "expect: {ack: AA, none: true}\n");

        CommandRun test = CommandRun.of("test", directory);

        assertThat(test.out())
                .contains("the message is not taken: unsupportedType", "the sender gets AR, expected: AA");
        assertThat(test.exitCode()).isEqualTo(1);
    }

    @Test
    void shouldNotCompareWhatIsIgnored() throws IOException {
        write("cases/expected.hl7", """
                MSH|^~\\&|EHR|LERIBE|HUB|D|20200101||ADT^A01^ADT_A01|OLD|P|2.5.1
                PID|1||LS-0042117^^^LERIBE^MR||Mokoena^Palesa||19900412|F
                PV1|1|I|WARD-3
                """);
        String expect = "{destinations: {archive: received, registry: expected.hl7}}\n";
        write(
                "cases/a.yaml",
                "case: an admission\nlistener: ehr\n" + MESSAGE.replace("W9", "W3") + "expect: " + expect);

        assertThat(CommandRun.of("test", directory).out()).contains("MSH-7  ", "MSH-10  Message Control ID, ST");

        write("cases/a.yaml", Files.readString(directory.resolve("cases/a.yaml")) + "ignore: [MSH-7, MSH-10]\n");
        assertThat(CommandRun.of("test", directory).exitCode()).isZero();
    }

    @Test
    void shouldShowWhatNoCaseReachesAndFailBelowTheWantedCoverage() throws IOException {
        write("cases/expected.hl7", "");
        write(
                "cases/a.yaml",
                "case: an admission\nlistener: ehr\n" + MESSAGE.replace("W9", "W3")
                        + "expect: {destinations: {archive: received, registry: expected.hl7}}\n");

        CommandRun test = CommandRun.of("test", directory, "--update", "--min-coverage", 100);

        assertThat(test.out())
                .containsPattern("routes +2 +2 +100 %")
                .containsPattern("conditions, both ways +3 +6 +50 %")
                .containsPattern("steps +3 +4 +75 %")
                .containsPattern("rows of table wards +1 +2 +50 %")
                .contains(
                        "filter tests: msg.processingId == 'T' was never true",
                        "wards.yaml:5 when msg['PID-8'] == 'M' was never true",
                        "wards.yaml:6 set PID-8",
                        "line 3: W4",
                        "wanted: 100 %");
        assertThat(test.exitCode()).isEqualTo(1);
    }

    @Test
    void shouldTellWhereACaseIsWrongAndEndWith78() throws IOException {
        write(
                "cases/a.yaml",
                "case: an admission\nlistener: her\nmessage: nothing.hl7\n"
                        + "expect:\n  destinations: {registri: received}\n  akc: AA\nignore: [MSH]\n");

        CommandRun test = CommandRun.of("test", directory);

        assertThat(test.out()).contains("cases/a.yaml:6:3", "did you mean 'ack'?");
        assertThat(test.exitCode()).isEqualTo(78);

        write(
                "cases/a.yaml",
                Files.readString(directory.resolve("cases/a.yaml")).replace("akc", "ack"));
        assertThat(CommandRun.of("test", directory).out())
                .contains(
                        "cases/a.yaml:2:11", "there is no listener 'her'",
                        "cases/a.yaml:3:10", "there is no file 'nothing.hl7'",
                        "cases/a.yaml:5:28", "did you mean 'registry'?");
    }

    @Test
    void shouldRewriteWhatOnlyMeansTheSameWhenItIsAskedToUpdate() throws IOException {
        writeCase("{destinations: {archive: expected.hl7}, held: {registry: no row}}");
        CommandRun.of("test", directory, "--update");
        Path expected = directory.resolve("cases/expected.hl7");
        String written = Files.readString(expected);
        Files.writeString(expected, written.replace("|P|2.5.1\n", "|P^|2.5.1||\n"));
        assertThat(Files.readString(expected)).isNotEqualTo(written);

        assertThat(CommandRun.of("test", directory).exitCode()).isZero();
        assertThat(CommandRun.of("test", directory, "--update").exitCode()).isZero();
        assertThat(Files.readString(expected)).isEqualTo(written);
    }

    @Test
    void shouldNeverWriteOutsideOfTheConfiguration() throws IOException {
        writeCase("{destinations: {archive: ../../outside.hl7}, held: {registry: no row}}");

        CommandRun test = CommandRun.of("test", directory, "--update");

        assertThat(test.out()).contains("'../../outside.hl7' is not in the configuration's directory");
        assertThat(test.exitCode()).isEqualTo(78);
    }

    @Test
    void shouldWriteAReportWithoutValuesWhenAskedForOne() throws IOException {
        write("cases/expected.hl7", "MSH|^~\\&|EHR|LERIBE|HUB|D|20261103081500||ADT^A01|LER-1|P|2.5.1\n");
        writeCase("{destinations: {archive: expected.hl7}, held: {registry: no row}}");
        Path report = directory.resolve("report.xml");

        CommandRun test = CommandRun.of("test", directory, "--junit", report);

        assertThat(test.exitCode()).isEqualTo(1);
        assertThat(Files.readString(report))
                .contains("tests=\"1\" failures=\"1\"", "classname=\"cases/a.yaml\"", "PID  segment was not expected")
                .doesNotContain("Mokoena");
    }

    @Test
    void shouldSayInOneLineThatTheReportCannotBeWritten() throws IOException {
        writeCase("{destinations: {archive: received}, held: {registry: no row}}");

        CommandRun test = CommandRun.of("test", directory, "--junit", directory.resolve("nowhere/report.xml"));

        assertThat(test.err()).contains("report.xml cannot be written").doesNotContain("\tat ");
        assertThat(test.exitCode()).isEqualTo(1);
    }

    @Test
    void shouldRunOnlyTheCasesThatTheFilterNames() throws IOException {
        writeCase("{destinations: {archive: received}, held: {registry: no row}}");

        assertThat(CommandRun.of("test", directory, "--filter", "ADMISSION").exitCode())
                .isZero();
        CommandRun none = CommandRun.of("test", directory, "--filter", "discharge");
        assertThat(none.err()).contains("no case has that text");
        assertThat(none.exitCode()).isEqualTo(1);
    }

    @Test
    void shouldFailWhenThereIsNoCase() {
        CommandRun test = CommandRun.of("test", directory);

        assertThat(test.err()).contains("there is no case");
        assertThat(test.exitCode()).isEqualTo(1);
    }

    @Test
    void shouldGiveEditorsASchemaOfCases() {
        assertThat(CommandRun.of("schema", "case").out()).contains("\"case\"", "\"ignore\"", "\"destinations\"");
    }

    private void writeCase(String expect) throws IOException {
        write("cases/a.yaml", "case: an admission\nlistener: ehr\n" + MESSAGE + "expect: " + expect + "\n");
    }

    private void write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
