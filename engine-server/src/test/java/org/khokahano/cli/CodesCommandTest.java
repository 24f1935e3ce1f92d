package org.khokahano.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.engine.EngineUnderTest;
import org.khokahano.engine.ScriptedPartner;
import picocli.CommandLine;

@Tag("socket")
class CodesCommandTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private final ScriptedPartner partner = new ScriptedPartner();
    private EngineUnderTest running;
    private String out = "";

    @BeforeEach
    void start() throws Exception {
        running = new EngineUnderTest(directory, partner.port());
        running.start();
        Path file = directory.resolve("engine.yaml");
        Files.writeString(
                file,
                Files.readString(file).replace("to: [lis]", "to: [lis], map: [wards.yaml]")
                        + "tables:\n  wards: {file: wards.csv}\n");
        apply("", "");
    }

    @AfterEach
    void close() throws IOException {
        running.close();
        partner.close();
    }

    @Test
    @DisplayName("codes list and show tell what deliveries wait for, and the metrics count it")
    void shouldListAndShowTheCodesThatDeliveriesWaitFor() throws Exception {
        running.exchange(admission("C1"));
        assertThat(khoka("codes", "list")).isZero();
        assertThat(out).contains("wards", "W1", "EHR|QMMH", "1 at PV1[1]-3.1").doesNotContain("Mokoena");
        assertThat(khoka("codes", "list", "--table", "others")).isZero();
        assertThat(out).contains("none found");
        assertThat(khoka("codes", "list", "--json")).isZero();
        assertThat(out).contains("\"deliveries\" : 1");
        assertThat(khoka("codes", "show", "wards", "W1")).isZero();
        assertThat(out).contains("deliveries: 1", "message 1, delivery 1, at PV1[1]-3.1");
        assertThat(khoka("codes", "show", "wards", "W2")).isZero();
        assertThat(out).contains("no delivery waits for this code");
        await().atMost(SOON)
                .until(() -> running.metric("khoka_deliveries_waiting_for_codes{table=\"wards\"}") == 1
                        && running.metric("khoka_codes_waiting{table=\"wards\"}") == 1);

        apply("W1,017\n", "");
        await().atMost(SOON).until(() -> partner.received().size() == 1);
        assertThat(partner.received().get(0)).contains("PV1|1|I|017");
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(khoka("codes", "list")).isZero();
            assertThat(out).contains("none found", "released 1 deliveries");
        });
    }

    @Test
    @DisplayName("messages reprocess plans again by id or all that is held, and says what stays held")
    void shouldPlanAgainWhatIsHeld() throws Exception {
        apply("W1,017\n", "  - {fail: 'not yet'}\n");
        running.exchange(admission("C1"));
        running.exchange(admission("C2"));
        running.exchange(admission("C3"));
        assertThat(khoka("messages", "reprocess", "1", "--reason", "a try")).isEqualTo(1);
        assertThat(out).contains("delivery 1 to lis stays held", "not yet");
        assertThat(khoka("messages", "reprocess", "--reason", "a try")).isEqualTo(2);
        apply("W1,017\n", "");
        assertThat(khoka("messages", "reprocess", "2", "--reason", "mended")).isZero();
        assertThat(out).contains("message 2 planned again by revision", "as message 4");
        assertThat(khoka("messages", "reprocess", "--destination", "lis", "--reason", "mended"))
                .isZero();
        assertThat(out.lines()).hasSize(2);
        await().atMost(SOON).until(() -> partner.received().size() == 3);
        assertThat(partner.received()).allSatisfy(message -> assertThat(message).contains("PV1|1|I|017"));
        assertThat(khoka("messages", "reprocess", "--all", "--reason", "mended"))
                .isZero();
        assertThat(out).contains("nothing is held");
    }

    private static String admission(String controlId) {
        return "MSH|^~\\&|EHR|QMMH|HUB|NRL|20261122101500||ADT^A01|" + controlId
                + "|P|2.5\rPID|1||4711||Mokoena^Lerato\rPV1|1|I|W1\r";
    }

    private void apply(String rows, String steps) throws Exception {
        Files.writeString(directory.resolve("wards.csv"), "code,target\nW9,9\n" + rows);
        Files.writeString(
                directory.resolve("wards.yaml"),
                "mapping: wards\nsteps:\n" + steps + "  - {translate: PV1-3.1, table: wards}\n");
        String answer = running.post("/api/configuration/apply", "{\"directory\": \"" + directory + "\"}")
                .body();
        assertThat(answer).contains("\"applied\":true");
    }

    private int khoka(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(
                2,
                List.of(directory.toString(), "--admin", running.adminAddress().toString()));
        StringWriter written = new StringWriter();
        CommandLine command = Khoka.commandLine();
        command.setOut(new PrintWriter(written, true));
        int exit = command.execute(all.toArray(String[]::new));
        out = written.toString();
        return exit;
    }
}
