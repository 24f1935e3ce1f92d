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
class ConformanceCommandTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String RULES = "validation:\n  national: {tables: error}\n  strict: {tables: warning}\n";

    @TempDir
    private Path directory;

    private final ScriptedPartner partner = new ScriptedPartner();
    private EngineUnderTest running;
    private String out = "";

    @BeforeEach
    void start() throws Exception {
        running = new EngineUnderTest(
                directory,
                partner.port(),
                "validate: {with: strict, onError: hold}",
                "validate: {with: national, onError: warn}",
                RULES);
        running.start();
    }

    @AfterEach
    void close() throws IOException {
        running.close();
        partner.close();
    }

    private static String message(String facility, String controlId, String birth, String patientClass) {
        return "MSH|^~\\&|EHR|" + facility + "|LIS|NRL|20261122080000||ADT^A01^ADT_A01|" + controlId
                + "|P|2.5.1\rEVN||20261123\rPID|1||4711^^^LS^NI||Mokoena^Palesa||" + birth + "\rPV1|1|" + patientClass
                + "\r";
    }

    @Test
    @DisplayName("conformance list and letter tell who sends what is wrong, at listener and route, and no content")
    void shouldListFacilitiesAndWriteLetters() throws Exception {
        running.exchange(message("QMMH", "C1", "someday", ""));
        running.exchange(message("QMMH", "C2", "19900203", ""));
        running.exchange(message("QMMH", "C3", "19900203", "I"));
        running.exchange(message("MAFE<b>", "C4", "19900203", "I"));
        running.exchange(message("QMMH", "C2", "19900203", ""));
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(khoka("conformance", "list", "--facility", "QMMH")).isZero();
            assertThat(out)
                    .containsPattern("QMMH +EHR +listener in +3 +2 +66\\.7 +3 +0 +0 +66\\.7 +-")
                    .containsPattern("QMMH +EHR +route all +3 +2 +66\\.7")
                    .containsPattern("QMMH +listener in +ERROR +PV1-2 +required +hl7 +2 +2 +0 +message 2 +the field is")
                    .containsPattern("QMMH +route all +ERROR +PID-7\\.1 +dataType +hl7 +1 ")
                    .containsPattern("\\d{4}-\\d\\d-\\d\\d +EHR +listener in +3 +2 +66\\.7")
                    .doesNotContain("MAFE", "someday", "Mokoena");
        });
        assertThat(running.metric("khoka_conformance_messages_total{facility=\"QMMH\",stage=\"listener\"}"))
                .as("the repetition counts for nothing")
                .isEqualTo(3);
        assertThat(running.metric("khoka_conformance_messages_with_findings_total{facility=\"QMMH\",stage=\"route\"}"))
                .isEqualTo(2);
        assertThat(khoka("conformance", "list", "--json")).isZero();
        assertThat(out).contains("\"facility\" : \"MAFE<b>\"", "\"percent\" : 66.7");

        assertThat(khoka("conformance", "letter", "QMMH")).isZero();
        assertThat(out)
                .contains(
                        "HL7 messages from QMMH\n======",
                        "At listener in from EHR: 3 messages checked, 2 with findings (66.7 %), among them 3 errors",
                        "1. PV1-2: the field is required and empty",
                        "How often at listener in from EHR: in 2 of 3 messages (66.7 %), 2 times in all;",
                        "How often at route all from EHR: in 1 of 3 messages (33.3 %), 1 time in all; in 1 message",
                        "MSH-10 C2 (with us",
                        "How to mend it: Fill PV1-2 in every message",
                        "Who asks for it: HL7 itself, rule required, as an error; checked at listener in from EHR and",
                        "dates as")
                .doesNotContain("someday", "Mokoena", "4711");
        assertThat(khoka("conformance", "letter", "QMMH", "--format", "markdown"))
                .isZero();
        assertThat(out).contains("# HL7 messages from QMMH\n", "- **How to mend it**: Fill PV1-2");
        assertThat(khoka("conformance", "letter", "MAFE<b>", "--format", "html"))
                .isZero();
        assertThat(out)
                .contains("<h1>HL7 messages from MAFE&lt;b&gt;</h1>", "Nothing was found. Thank you.")
                .doesNotContain("<b>");
        assertThat(khoka("conformance", "letter", "NOBODY")).isEqualTo(1);
        assertThat(running.get("/api/openapi.json").body())
                .contains("/api/conformance/letter", "ConformanceSourceView", "\"number\"");
    }

    @Test
    @DisplayName("findings are made again by the revision that planned the message, at the listener and at its routes")
    void shouldFindAgainByTheRevisionThatPlanned() throws Exception {
        apply();
        running.exchange(message("QMMH", "C1", "someday", "I"));
        Path file = directory.resolve("engine.yaml");
        Files.writeString(
                file, Files.readString(file).replace("national: {tables: error}", "national: {dataTypes: off}"));
        apply();
        assertThat(running.engine.revision()).isEqualTo(2);

        assertThat(running.get("/api/messages/1/findings").body())
                .contains(
                        "\"revision\":1,\"validatedBy\":1,\"note\":\"\",\"validated\":true",
                        "\"stage\":\"listener\",\"name\":\"in\",\"severity\":\"ERROR\",\"place\":\"PID-7.1\"",
                        "\"stage\":\"route\",\"name\":\"all\",\"severity\":\"ERROR\",\"place\":\"PID-7.1\"")
                .doesNotContain("someday");
        assertThat(khoka("messages", "show", "1")).isZero();
        assertThat(out)
                .contains("findings by revision 1")
                .containsPattern("ERROR +PID-7\\.1 +dataType +hl7 +route all");
        assertThat(running.get("/api/messages/1/explanation?reason=test").body())
                .contains("holds it", "error hl7 dataType at PID-7.1");
    }

    @Test
    @DisplayName("what is planned again is no traffic: neither findings nor filters nor facilities count it")
    void shouldNotCountWhatIsPlannedAgain() throws Exception {
        running.exchange(message("QMMH", "C1", "someday", "I"));
        await().atMost(SOON)
                .until(() ->
                        running.metric("khoka_conformance_messages_total{facility=\"QMMH\",stage=\"route\"}") == 1);
        String findings = "khoka_findings_total{listener=\"in\",severity=\"error\"}";
        assertThat(running.metric(findings))
                .as("at the listener and at the route")
                .isEqualTo(2);

        assertThat(khoka("messages", "reprocess", "1", "--reason", "a try")).isEqualTo(1);

        assertThat(out).contains("invalid for route all");
        assertThat(running.metric(findings)).isEqualTo(2);
        running.stopEngine();
        assertThat(running.metric("khoka_conformance_messages_total{facility=\"QMMH\",stage=\"route\"}"))
                .as("all that was counted is written by now")
                .isEqualTo(1);
    }

    private void apply() throws Exception {
        String answer = running.post("/api/configuration/apply", "{\"directory\": \"" + directory + "\"}")
                .body();
        assertThat(answer).contains("\"applied\":true");
    }

    private int khoka(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(
                2,
                List.of(directory.toString(), "--admin", running.adminAddress().toString()));
        StringWriter text = new StringWriter();
        CommandLine command = Khoka.commandLine();
        command.setOut(new PrintWriter(text, true));
        int code = command.execute(all.toArray(String[]::new));
        out = text.toString();
        return code;
    }
}
