package org.khokahano.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
