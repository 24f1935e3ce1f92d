package org.khokahano.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class ExplainCommandTest {
    private static final Path HUB = Path.of("..", "config", "national-hub");
    private static final Path ADMISSION = Path.of("..", "docs", "admission.hl7");

    @Test
    void shouldSayForEachDestinationWhyItDoesNotGetTheMessage() {
        CommandRun explained = CommandRun.of("explain", HUB, ADMISSION, "--listener", "qmmh-ehr");

        assertThat(explained.out())
                .contains(
                        "client-registry gets it, mapped",
                        "nrl-lis does not get it: route qmmh-orders: false: msg.type == 'OML'",
                        "qmmh-results does not get it: route results-to-qmmh: it takes messages from nrl-results only");
        assertThat(explained.exitCode()).isZero();
    }

    @Test
    void shouldSayWhyAListenerDoesNotTakeTheMessage() {
        CommandRun explained = CommandRun.of("explain", HUB, ADMISSION, "--listener", "nrl-results");

        assertThat(explained.out())
                .contains("Listener nrl-results does not take it: unsupportedType", "the sender gets AR")
                .contains("client-registry does not get it: the listener does not take it");
        assertThat(explained.exitCode()).isZero();
    }

    @Test
    void shouldAskForTheListenerWhenThereAreSeveral() {
        CommandRun missing = CommandRun.of("explain", HUB, ADMISSION);
        CommandRun unknown = CommandRun.of("explain", HUB, ADMISSION, "--listener", "nobody");

        assertThat(missing.err()).contains("--listener", "qmmh-ehr");
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("there is no listener 'nobody'");
        assertThat(unknown.exitCode()).isEqualTo(2);
    }

    @Test
    void shouldShowFiltersWithTheirReasonsAndMissingCodesAndNoControlCharacters(@TempDir Path directory)
            throws IOException {
        Files.writeString(directory.resolve("engine.yaml"), """
                engine: district
                filters:
                  tests: {when: "msg.processingId == 'T'", reason: "tests stay here"}
                tables:
                  wards: {file: wards.csv}
                listeners:
                  ehr: {mllp: {port: 2575}}
                routes:
                  production: {from: [ehr], except: [tests], to: [registry]}
                  wards: {from: [ehr], map: [wards.yaml], to: [archive]}
                destinations:
                  registry: {mllp: {host: 127.0.0.1, port: 3601}}
                  archive: {mllp: {host: 127.0.0.1, port: 3602}}
                """);
        Files.writeString(directory.resolve("wards.csv"), "code,target\nW3,WARD-3\n");
        Files.writeString(
                directory.resolve("wards.yaml"), "mapping: wards\nsteps:\n  - {translate: PV1-3.1, table: wards}\n");
        Path message = Files.writeString(
                directory.resolve("m.hl7"),
                "MSH|^~\\&|E|L|H|D|20261103||ADT^A01^ADT_A01|L-1|T|2.5.1\nPV1|1|I|W\u001b[31m9\n");

        CommandRun explained = CommandRun.of("explain", directory, message);

        assertThat(explained.out())
                .contains("filtered   production: filter tests: tests stay here", "msg.processingId is 'T'")
                .contains("wards: held: no row for the code at PV1[1]-3.1 in table wards ('W?[31m9')")
                .contains(
                        "archive held: no row for the code", "registry does not get it: route production: filter tests")
                .doesNotContain("\u001b");
    }

    @Test
    void shouldTakeListenerMessageAndTimeOfACase() {
        CommandRun explained = CommandRun.of("explain", HUB, HUB.resolve("cases/orders/order-qmmh.yaml"));

        assertThat(explained.out()).contains("Listener qmmh-ehr takes it", "nrl-lis gets it");
        assertThat(explained.exitCode()).isZero();
    }

    @Test
    void shouldGoByTheTimeGivenWhereTheRowsOfATableDo(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("engine.yaml"), """
                engine: district
                tables:
                  wards: {file: wards.csv}
                listeners:
                  ehr: {mllp: {port: 2575}}
                routes:
                  wards: {from: [ehr], map: [wards.yaml], to: [archive]}
                destinations:
                  archive: {mllp: {host: 127.0.0.1, port: 3602}}
                """);
        Files.writeString(
                directory.resolve("wards.csv"), "code,target,from,until\nW3,OLD,,2025-12-31\nW3,NEW,2026-01-01,\n");
        Files.writeString(
                directory.resolve("wards.yaml"), "mapping: wards\nsteps:\n  - {translate: PV1-3.1, table: wards}\n");
        Path message = Files.writeString(
                directory.resolve("m.hl7"), "MSH|^~\\&|E|L|H|D|20261103||ADT^A01^ADT_A01|L-1|T|2.5.1\nPV1|1|I|W3\n");

        assertThat(CommandRun.of("explain", directory, message, "--received", "2025-06-01T00:00:00Z")
                        .out())
                .contains("'W3' -> 'OLD'");
        assertThat(CommandRun.of("explain", directory, message, "--received", "2026-06-01T00:00:00+02:00")
                        .out())
                .contains("'W3' -> 'NEW'");
        CommandRun wrong = CommandRun.of("explain", directory, message, "--received", "yesterday");
        assertThat(wrong.err()).contains("--received is a time with its zone");
        assertThat(wrong.exitCode()).isEqualTo(2);
    }

    @Test
    void shouldShowWhatGoesOutAndWhichMessageOfASplitALineBelongsTo(@TempDir Path directory) throws IOException {
        orders(directory, """
                mapping: single
                steps:
                  - {set: MSH-5, to: LIS}
                  - {split: OBR}
                  - when: "msg['OBR-4.1'] == 'GLU'"
                    do:
                      - {drop: true, reason: "glucose is measured at the bedside"}
                  - {set: OBR-4.1, from: OBR-4.1, as: lower}
                """);

        CommandRun explained = CommandRun.of("explain", directory, directory.resolve("m.hl7"));

        assertThat(explained.out()).contains("""
                Mappings
                  single: 2 messages, 1 of 3 dropped
                    MSH[1]-5 (Receiving Application, HD)  'H' -> 'LIS'  single.yaml:3 set MSH-5
                    message 1 of 3 that single.yaml:4 split OBR makes
                      false  single.yaml:5 when msg['OBR-4.1'] == 'GLU'
                      OBR[1]-4.1 (Universal Service Identifier, CE)  'HB' -> 'hb'  single.yaml:8 set OBR-4.1
                    message 2 of 3 that single.yaml:4 split OBR makes
                      true   single.yaml:5 when msg['OBR-4.1'] == 'GLU'
                      dropped: glucose is measured at the bedside  single.yaml:7 drop true
                    message 3 of 3 that single.yaml:4 split OBR makes
                      false  single.yaml:5 when msg['OBR-4.1'] == 'GLU'
                      OBR[1]-4.1 (Universal Service Identifier, CE)  'NA' -> 'na'  single.yaml:8 set OBR-4.1
                """).endsWith("""
                Destinations
                  lis gets message 1 of 2, mapped
                    MSH|^~\\&|E|L|LIS|D|20261103||ORU^R01|L-1-1|P|2.5.1
                    PID|1||7
                    OBR|1|||hb
                  lis gets message 2 of 2, mapped
                    MSH|^~\\&|E|L|LIS|D|20261103||ORU^R01|L-1-3|P|2.5.1
                    PID|1||7
                    OBR|3|||na
                """);
    }

    @Test
    void shouldShowWhatAMappingWroteBeforeItFailed(@TempDir Path directory) throws IOException {
        orders(directory, """
                mapping: single
                steps:
                  - {set: MSH-5, to: LIS}
                  - {set: MSH-5, to: LABORATORY}
                  - {fail: "nobody takes this"}
                """);

        CommandRun explained = CommandRun.of("explain", directory, directory.resolve("m.hl7"));

        assertThat(explained.out())
                .contains("single: held: mapping single, step 3")
                .contains("MSH[1]-5 (Receiving Application, HD)  'H' -> 'LIS'  single.yaml:3 set MSH-5")
                .contains("MSH[1]-5 (Receiving Application, HD)  'LIS' -> 'LABORATORY'  single.yaml:4 set MSH-5")
                .contains("lis held: mapping single, step 3");
    }

    @Test
    void shouldShowTheTextOfAFormatAndNameWhoGetsTheSame(@TempDir Path directory) throws IOException {
        orders(directory, "mapping: single\nsteps:\n  - {set: MSH-5, to: LIS}\n");
        Path engine = directory.resolve("engine.yaml");
        Files.writeString(engine, Files.readString(engine).replace("[lis]", "[lis, second, sheet]") + """
                  second: {mllp: {host: 127.0.0.1, port: 3602}}
                  sheet: {http: {url: "http://127.0.0.1:3603/in"}, format: sheet}
                formats:
                  sheet:
                    delimited: {separator: ";"}
                    fields: {patient: PID-3.1, receiver: MSH-5}
                """);

        CommandRun explained = CommandRun.of("explain", directory, directory.resolve("m.hl7"));

        assertThat(explained.out())
                .contains("second gets it, mapped, the same as lis")
                .endsWith("""
                  sheet gets it, mapped
                    patient;receiver
                    7;LIS
                """);
    }

    @Test
    void shouldSayThatAFileIsMissing() {
        for (String name : new String[] {"missing.yaml", "missing.hl7"}) {
            CommandRun missing = CommandRun.of("explain", HUB, HUB.resolve(name), "--listener", "qmmh-ehr");

            assertThat(missing.err()).contains("there is no file " + HUB.resolve(name));
            assertThat(missing.exitCode()).isEqualTo(1);
        }
        assertThat(CommandRun.of("explain", HUB, HUB, "--listener", "qmmh-ehr").err())
                .contains("is a directory: name one file");
    }

    @Test
    void shouldPrintJsonOfAFileToo() throws IOException {
        CommandRun explained = CommandRun.of("explain", HUB, ADMISSION, "--listener", "qmmh-ehr", "--json");
        String text = CommandRun.of("explain", HUB, ADMISSION, "--listener", "qmmh-ehr")
                .out();

        JsonNode json = new ObjectMapper().readTree(explained.out());
        assertThat(json.path("listener").asText()).isEqualTo("qmmh-ehr");
        assertThat(json.path("receivedAt").asText()).startsWith("20");
        assertThat(json.path("messages").get(0).path("lines"))
                .extracting(JsonNode::asText)
                .containsAnyOf(text.lines().toArray(String[]::new))
                .anyMatch(line -> line.contains("client-registry gets it, mapped"));
    }

    @Test
    void shouldNameFilesInItsHelpThatExist() {
        String help = CommandRun.of("explain", "--help").out();

        assertThat(Pattern.compile("(?:config|docs)/\\S+\\.(?:yaml|hl7)")
                        .matcher(help)
                        .results())
                .isNotEmpty()
                .allMatch(found -> Files.exists(Path.of("..", found.group())));
    }

    /** A message of three orders, and a route by a mapping to one destination. */
    private static void orders(Path directory, String mapping) throws IOException {
        Files.writeString(directory.resolve("engine.yaml"), """
                engine: district
                listeners:
                  ehr: {mllp: {port: 2575}}
                routes:
                  orders: {from: [ehr], map: [single.yaml], to: [lis]}
                destinations:
                  lis: {mllp: {host: 127.0.0.1, port: 3601}}
                """);
        Files.writeString(directory.resolve("single.yaml"), mapping);
        Files.writeString(
                directory.resolve("m.hl7"),
                "MSH|^~\\&|E|L|H|D|20261103||ORU^R01|L-1|P|2.5.1\nPID|1||7\n"
                        + "OBR|1|||HB\nOBR|2|||GLU\nOBR|3|||NA\n");
    }
}
