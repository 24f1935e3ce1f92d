package org.khokahano.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.engine.EngineUnderTest;
import org.khokahano.engine.ScriptedPartner;

@Tag("socket")
class ExplainStoredTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private Path directory;

    private final ScriptedPartner partner = new ScriptedPartner();
    private EngineUnderTest running;

    @BeforeEach
    void start() throws Exception {
        mapping("FIRST");
        running = new EngineUnderTest(directory, partner.port(), "map: [hub.yaml]");
        running.start();
        apply();
        running.exchange(EngineUnderTest.admission("C1", "4711", "Mokoena^Lerato"));
        await().atMost(SOON).until(() -> partner.received().size() == 1);
    }

    @AfterEach
    void close() throws IOException {
        running.close();
        partner.close();
    }

    private void mapping(String receiver) throws IOException {
        Files.writeString(
                directory.resolve("hub.yaml"), "mapping: hub\nsteps:\n  - {set: MSH-5, to: " + receiver + "}\n");
    }

    private void apply() throws Exception {
        HttpResponse<String> applied =
                running.post("/api/configuration/apply", "{\"directory\": \"" + directory + "\"}");
        assertThat(applied.body()).contains("\"applied\":true");
    }

    private JsonNode explained(long id) throws Exception {
        HttpResponse<String> answer = running.get("/api/messages/" + id + "/explanation?reason=checking");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return MAPPER.readTree(answer.body());
    }

    private static String lines(JsonNode trace) {
        StringBuilder lines = new StringBuilder();
        trace.path("lines").forEach(line -> lines.append(line.asText()).append('\n'));
        return lines.toString();
    }

    @Test
    @DisplayName("A stored message is explained by the revision that planned it, not by the one in force")
    void shouldExplainByTheRevisionThatPlannedTheMessage() throws Exception {
        mapping("SECOND");
        apply();
        running.exchange(EngineUnderTest.admission("C2", "4711", "Mokoena^Lerato"));

        JsonNode first = explained(1);
        assertThat(lines(first))
                .contains("'LIS' -> 'FIRST'", "lis gets it, mapped")
                .doesNotContain("SECOND");
        assertThat(first.path("revision").asInt()).isEqualTo(1);
        assertThat(first.path("explainedBy").asInt()).isEqualTo(1);
        assertThat(first.path("note").asText()).isEmpty();
        assertThat(explained(1)).isEqualTo(first);
        await().atMost(SOON).until(() -> partner.received().size() == 2);
        assertThat(lines(explained(2))).contains("'LIS' -> 'SECOND'").doesNotContain("FIRST");
    }

    @Test
    @DisplayName("Where that revision is no longer kept, the one in force explains, and it is said")
    void shouldSayThatTheRevisionIsNoLongerKept() throws Exception {
        mapping("SECOND");
        apply();
        try (Stream<Path> files = Files.walk(directory.resolve("data/revisions/1"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }

        JsonNode trace = explained(1);
        assertThat(trace.path("note").asText())
                .isEqualTo("revision 1, which it was planned by, is no longer kept; explained by revision 2, which is"
                        + " in force");
        assertThat(trace.path("explainedBy").asInt()).isEqualTo(2);
        assertThat(lines(trace)).contains("'LIS' -> 'SECOND'");
    }

    @Test
    @DisplayName("khoka explain --message prints what khoka explain of the same bytes and time prints")
    void shouldPrintWhatTheFilePrints() throws Exception {
        Path file = Files.writeString(
                directory.resolve("m.hl7"), EngineUnderTest.admission("C1", "4711", "Mokoena^Lerato"));
        List<Object> admin =
                List.of("--admin", running.adminAddress(), "--data", directory.resolve("data"), "--reason", "checking");

        CommandRun ofFile = CommandRun.of("explain", directory, file);
        CommandRun stored = CommandRun.of(Stream.concat(Stream.of("explain", directory, "--message", 1), admin.stream())
                .toArray());

        assertThat(stored.exitCode()).as(stored.err()).isZero();
        assertThat(stored.out())
                .startsWith("Message 1, received 20")
                .contains("by revision 1")
                .endsWith(ofFile.out());
    }

    @Test
    @DisplayName("What a mapping dropped of a split is counted, and told with its reason where the message is shown")
    void shouldTellWhatWasDroppedOfASplit() throws Exception {
        Files.writeString(directory.resolve("hub.yaml"), """
                mapping: hub
                steps:
                  - {split: OBR}
                  - when: "msg['OBR-4.1'] == 'GLU'"
                    do:
                      - {drop: true, reason: "measured at the bedside"}
                """);
        apply();
        running.exchange(
                "MSH|^~\\&|E|L|H|D|20261103||ORU^R01|C2|P|2.5.1\rPID|1||7\r" + "OBR|1|||HB\rOBR|2|||GLU\rOBR|3|||NA\r");

        CommandRun shown = CommandRun.of(
                "messages",
                "show",
                directory,
                2,
                "--admin",
                running.adminAddress(),
                "--data",
                directory.resolve("data"));

        assertThat(shown.err()).isEmpty();
        assertThat(shown.out()).contains("1 of 3 messages dropped: mapping hub, step 2.1", "measured at the bedside");
        assertThat(running.metric("khoka_messages_dropped_total{mapping=\"hub\"}"))
                .isEqualTo(1);
        await().atMost(SOON).until(() -> partner.received().size() == 3);
        assertThat(lines(explained(2)))
                .contains("message 2 of 3 that hub.yaml:3 split OBR makes", "lis gets message 2 of 2, mapped")
                .contains("    OBR|3|||NA");
    }

    @Test
    @DisplayName("A trace needs a reason, and a message that is there")
    void shouldRefuseWithoutReasonOrMessage() throws Exception {
        assertThat(running.get("/api/messages/1/explanation").statusCode()).isEqualTo(400);
        assertThat(running.get("/api/messages/99/explanation?reason=checking").statusCode())
                .isEqualTo(404);
        CommandRun without = CommandRun.of("explain", directory, "--message", 1);
        assertThat(without.exitCode()).isEqualTo(2);
        assertThat(without.err()).contains("--reason TEXT");
    }
}
