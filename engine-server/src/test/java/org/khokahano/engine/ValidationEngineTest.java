package org.khokahano.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Validation from socket to socket. */
@Tag("socket")
class ValidationEngineTest {
    private static final String RULES = "validation: {national: {tables: error}}\n";
    private static final String PID = "PID|1||4711^^^LS^NI||Mokoena^Palesa||someday\r";
    private static final String PV1 = "PV1|x|\r";
    private static final String GOOD = "EVN||20261123\rPID|1||4711^^^LS^NI||Mokoena^Palesa||19900203\rPV1|1|I\r";

    @TempDir
    private Path directory;

    private final ScriptedPartner partner = new ScriptedPartner();

    private EngineUnderTest start(String listenerKeys, String routeKeys) throws IOException {
        EngineUnderTest under = new EngineUnderTest(directory, partner.port(), routeKeys, listenerKeys, RULES);
        under.start();
        return under;
    }

    @AfterEach
    void stop() throws IOException {
        partner.close();
    }

    private static String message(String version, String controlId, String segments) {
        return "MSH|^~\\&|EHR|QMMH|LIS|NRL|20261122080000||ADT^A01^ADT_A01|" + controlId + "|P|" + version + "\r"
                + segments;
    }

    @Test
    @DisplayName("R14 R17 R24 R25 a message with errors gets AE with one ERR each, and nothing of its content")
    void shouldRejectWithAReasonForEachFinding() throws IOException, InterruptedException {
        try (EngineUnderTest under = start("validate: {with: national}", "")) {
            String answer =
                    Objects.requireNonNull(under.exchange(message("2.5.1", "V1", "EVN||20261123\r" + PID + PV1)));

            assertThat(answer.split("\r")).hasSize(5);
            assertThat(answer)
                    .contains("MSA|AE|V1|")
                    .contains("ERR||PID^1^7^1^1|102^Data type error^HL70357|E|dataType^^L||")
                    .contains("ERR||PV1^1^1^1|102^Data type error^HL70357|E|dataType^^L||")
                    .contains("ERR||PV1^1^2|101^Required field missing^HL70357|E|required^^L||at PV1-1-2|")
                    .doesNotContain("someday", "Mokoena");
            assertThat(under.metric("khoka_findings_total{listener=\"in\",severity=\"error\"}"))
                    .isEqualTo(3);
            assertThat(under.metric("khoka_messages_quarantined_total{listener=\"in\",reason=\"invalid\"}"))
                    .isEqualTo(1);
            assertThat(partner.received()).isEmpty();
        }
    }

    @Test
    @DisplayName("R14 a good message gets AA and is delivered")
    void shouldTakeWhatIsValid() throws IOException {
        try (EngineUnderTest under = start("validate: {with: national}", "")) {
            assertThat(under.exchange(message("2.5.1", "V2", GOOD))).contains("MSA|AA|V2");
            Awaitility.await()
                    .untilAsserted(() -> assertThat(partner.received()).hasSize(1));
        }
    }

    @Test
    @DisplayName("R18 in enhanced mode the accept acknowledgement is CE")
    void shouldSayCeInEnhancedMode() throws IOException {
        try (EngineUnderTest under = start("validate: {with: national}", "")) {
            String enhanced = message("2.5.1", "V3", PID + PV1).replace("|P|2.5.1\r", "|P|2.5.1|||AL|NE\r");
            assertThat(under.exchange(enhanced)).contains("MSA|CE|V3|").contains("ERR||PV1^1^2|101^");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.2", "2.3", "2.3.1", "2.4"})
    @DisplayName("R24 before 2.5 ERR-1 has segment, sequence, field and code, and MSA-3 and MSA-6 the first")
    void shouldUseTheOldErrBefore25(String version) throws IOException {
        try (EngineUnderTest under = start("validate: {with: national}", "")) {
            assertThat(under.exchange(message(version, "V4", "EVN|A01|20261123\r" + PID + "PV1|1|\r")))
                    .contains("MSA|AE|V4|")
                    .containsPattern("MSA\\|AE\\|V4\\|[^|]+\\|\\|\\|10[0-9]\\^")
                    .contains("ERR|PV1^1^2^101&Required field missing&HL70357\r")
                    .doesNotContain("someday");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.5", "2.5.1", "2.6", "2.7", "2.8"})
    @DisplayName("R24 from 2.5 on ERR-2 has the place; MSA-3 is gone from 2.7 on")
    void shouldUseTheNewErrFrom25(String version) throws IOException {
        try (EngineUnderTest under = start("validate: {with: national}", "")) {
            assertThat(under.exchange(message(version, "V5", "EVN||20261123\r" + PID + "PV1|1|\r")))
                    .contains("MSA|AE|V5" + (version.compareTo("2.7") < 0 ? "|" : "\r"))
                    .contains("ERR||PV1^1^2|101^Required field missing^HL70357|E|required^^L|");
        }
    }

    @Test
    @DisplayName("R24 no more than twenty ERR are sent, and the last says how many are not")
    void shouldBoundTheErrors() throws IOException {
        try (EngineUnderTest under = start("validate: {with: national}", "")) {
            String answer = Objects.requireNonNull(
                    under.exchange(message("2.5.1", "V6", GOOD + "OBX|1|NM|1||x||||||F\r".repeat(150))));
            assertThat(answer.split("\r")).hasSize(23);
            assertThat(answer).contains("130 more findings are not listed");
        }
    }

    @Test
    void shouldAcceptAndHoldWhereTheListenerHolds() throws IOException, InterruptedException {
        try (EngineUnderTest under = start("validate: {with: national, onError: hold}", "")) {
            assertThat(under.exchange(message("2.5.1", "V7", "EVN||20261123\r" + PID + "PV1|1|I\r")))
                    .contains("MSA|AA|V7");
            Awaitility.await()
                    .untilAsserted(() -> assertThat(under.get("/api/messages/1").body())
                            .contains("HELD")
                            .contains("invalid: PID-7.1: the value is not a date and time")
                            .contains("rule dataType of hl7")
                            .doesNotContain("someday"));
            assertThat(under.get("/api/messages/1/findings").body())
                    .contains("\"validated\":true", "\"place\":\"PID-7.1\"", "\"rule\":\"dataType\"")
                    .doesNotContain("someday");
            assertThat(partner.received()).isEmpty();
        }
    }

    @Test
    @DisplayName("R55 a listener that warns takes it and counts what was found")
    void shouldAcceptAndCountWhereTheListenerWarns() throws IOException, InterruptedException {
        try (EngineUnderTest under = start("validate: {with: national, onError: warn}", "")) {
            assertThat(under.exchange(message("2.5.1", "V8", "EVN||20261123\r" + PID + "PV1|1|I\r")))
                    .contains("MSA|AA|V8")
                    .doesNotContain("ERR");
            Awaitility.await()
                    .untilAsserted(() -> assertThat(partner.received()).hasSize(1));
            assertThat(under.metric("khoka_findings_total{listener=\"in\",severity=\"error\"}"))
                    .isEqualTo(1);
        }
    }

    @Test
    void shouldHoldAtTheRouteThatValidates() throws IOException, InterruptedException {
        try (EngineUnderTest under = start("", "validate: {with: national}")) {
            assertThat(under.exchange(message("2.5.1", "V9", "EVN||20261123\r" + PID + "PV1|1|I\r")))
                    .contains("MSA|AA|V9");
            Awaitility.await()
                    .untilAsserted(() -> assertThat(under.get("/api/messages/1").body())
                            .contains("HELD")
                            .contains("invalid for route all: PID-7.1"));
        }
    }
}
