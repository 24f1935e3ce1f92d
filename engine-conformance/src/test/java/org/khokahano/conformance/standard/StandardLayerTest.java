package org.khokahano.conformance.standard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.khokahano.conformance.rule.RuleSet;
import org.khokahano.message.Message;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.message.definition.Hl7Definitions;
import org.khokahano.route.Origin;
import org.khokahano.validation.Finding;
import org.khokahano.validation.Findings;
import org.khokahano.validation.Severity;

@Tag("unit")
class StandardLayerTest {
    private static final StandardLevels ALL =
            new StandardLevels(Severity.ERROR, Severity.ERROR, Severity.WARNING, Severity.ERROR);
    private static final RuleSet STANDARD = new RuleSet(
            "standard", List.of(new StandardLayer(new Hl7Definitions(), ALL, Hl7Tables.shipped(), Map.of())));
    private static final String MSH = "MSH|^~\\&|EHR|QMMH|R|LS|20261123||ADT^A01^ADT_A01|1|P|2.5.1\r";
    private static final String EVN = "EVN||20261123101500\r";
    private static final String PID = "PID|1||12345^^^LS^NI||Mokoena^Thabo||19800229|M\r";
    private static final String PV1 = "PV1|1|I\r";

    @Test
    void shouldFindNothingInAGoodMessage() throws UnreadableMessageException {
        assertThat(findings(MSH + EVN + PID + PV1)).isEmpty();
    }

    @Test
    @DisplayName("R24 a missing segment is a segment sequence error of the whole message")
    void shouldNameASegmentThatIsMissing() throws UnreadableMessageException {
        assertThat(findings(MSH + EVN + PID)).containsExactly("ERROR structure 100 the message");
    }

    @Test
    void shouldNameASegmentThatStandsInTheWrongPlaceOrTooOften() throws UnreadableMessageException {
        assertThat(findings(MSH + PID + EVN + PV1)).contains("ERROR structure 100 EVN");
        assertThat(findings(MSH + EVN + PID + PID + PV1)).containsExactly("ERROR structure 100 PID[2]");
    }

    @Test
    void shouldNotMissWhatOneDetailOfAnOrderOnlyHas() throws UnreadableMessageException {
        String order = "ORC|NW|1\rOBR|1|1||1^Haemoglobin^L\r";
        String msh = MSH.replace("ADT^A01^ADT_A01", "ORM^O01");
        assertThat(findings(msh.replace("2.5.1", "2.3.1") + order)).doesNotContain("ERROR structure 100 OBR");
        assertThat(findings(msh.replace("2.5.1", "2.2") + order)).doesNotContain("ERROR structure 100 OBR");
    }

    @Test
    void shouldNotMissAGroupThatMayBeEmpty() throws UnreadableMessageException {
        String result =
                MSH.replace("ADT^A01^ADT_A01", "ORU^R01").replace("2.5.1", "2.4") + "OBR|1||1|1^Haemoglobin^L\r";
        assertThat(findings(result)).doesNotContain("ERROR structure 100 OBR");
        assertThat(findings(result.replace("|2.4", "|2.5.1") + "NTE|1\rORC|RE\r"))
                .contains("ERROR structure 100 ORC");
    }

    @Test
    void shouldTakeACodeWithBlanksBehindIt() throws UnreadableMessageException {
        String died = "|".repeat(22);
        assertThat(findings(MSH + EVN + PID.strip() + died + "N  \r" + PV1)).doesNotContain("ERROR table 103 PID-30");
        assertThat(findings(MSH + EVN + PID.strip() + died + "NO\r" + PV1)).contains("ERROR table 103 PID-30");
    }

    @Test
    @DisplayName("R24 a required field that is empty is condition 101 at its place")
    void shouldNameARequiredFieldThatIsEmpty() throws UnreadableMessageException {
        assertThat(findings(MSH + EVN + PID + "PV1|1\r")).containsExactly("ERROR required 101 PV1-2");
    }

    @Test
    @DisplayName("R24 values that are not of their data type are condition 102")
    void shouldCheckPrimitivesAlsoInsideComposites() throws UnreadableMessageException {
        assertThat(findings(MSH + EVN + PID.replace("19800229", "19810229") + PV1))
                .containsExactly("ERROR dataType 102 PID-7.1");
        assertThat(findings(MSH + EVN + PID.replace("PID|1|", "PID|x|") + PV1))
                .containsExactly("ERROR dataType 102 PID-1");
        assertThat(findings(MSH + EVN + PID.replace("^NI", "^NI^^2026-1-1") + PV1))
                .containsExactly("ERROR dataType 102 PID-3.7");
    }

    @Test
    void shouldCheckObservationsByTheTypeThatTheyName() throws UnreadableMessageException {
        String obx = "OBX|1|NM|1^Weight^L||70,5|kg|||||F\rOBX|2|ST|1^Note^L||70,5||||||F\r";
        assertThat(findings(MSH + EVN + PID + PV1 + obx)).containsExactly("ERROR dataType 102 OBX-5");
    }

    @Test
    @DisplayName("R24 a code that is not in a closed table of HL7 is condition 103")
    void shouldLookUpCodes() throws UnreadableMessageException {
        assertThat(findings(MSH.replace("|P|", "|Q|") + EVN + PID + PV1)).contains("ERROR table 103 MSH-11.1");
        assertThat(findings(MSH + EVN + PID.replace("|M\r", "|male\r") + PV1)).contains("INFORMATION table 103 PID-8");
    }

    @Test
    @DisplayName("R55 what HL7 does not define is information, and Z segments pass")
    void shouldOnlyTellOfWhatIsNotExpected() throws UnreadableMessageException {
        assertThat(findings(MSH + EVN + PID + "ZPD|1|x\r" + PV1)).isEmpty();
        assertThat(findings(MSH + EVN + PID + PV1 + "RXA|0\r")).containsExactly("INFORMATION unexpected 100 RXA");
        assertThat(findings(MSH + EVN + "PID|1||1^^^LS^NI||A^B|||M~F\r" + PV1))
                .containsExactly("INFORMATION repetitions 207 PID-8");
        assertThat(findings(MSH + EVN + PID.replace("PID|1|", "PID|1^2|") + PV1))
                .containsExactly("INFORMATION unexpected 207 PID-1.2");
        assertThat(findings(MSH + "EVN||20261123||||||||||x\r" + PID + PV1))
                .containsExactly("INFORMATION unexpected 207 EVN-8");
    }

    @Test
    @DisplayName("R56 the structure is derived where MSH-9.3 is missing or names the event")
    void shouldDeriveTheStructure() throws UnreadableMessageException {
        assertThat(findings(MSH.replace("A01^ADT_A01", "A04") + EVN + PID)).hasSize(1);
        assertThat(findings(MSH.replace("A01^ADT_A01", "A04^ADT_A04") + EVN + PID))
                .hasSize(1);
    }

    @Test
    void shouldTakeLengthsAsBindingUntil26Only() throws UnreadableMessageException {
        String longId = "x".repeat(60);
        assertThat(findings(MSH.replace("|1|P", "|" + longId + "|P") + EVN + PID + PV1))
                .containsExactly("WARNING length 102 MSH-10");
        assertThat(findings(
                        MSH.replace("|1|P", "|" + "x".repeat(300) + "|P").replace("2.5.1", "2.8") + EVN + PID + PV1))
                .noneMatch(finding -> finding.startsWith("WARNING"));
    }

    @Test
    @DisplayName("R49 a length is counted in characters, whatever they take in memory")
    void shouldCountCharacters() throws UnreadableMessageException {
        String utf8 = MSH.replace("|2.5.1", "|2.5.1||||||UNICODE UTF-8");
        String clef = "\uD834\uDD1E";
        assertThat(findings(utf8.replace("|1|P", "|" + clef.repeat(20) + "|P") + EVN + PID + PV1))
                .noneMatch(finding -> finding.contains("length"));
        assertThat(findings(utf8.replace("|1|P", "|" + clef.repeat(21) + "|P") + EVN + PID + PV1))
                .containsExactly("WARNING length 102 MSH-10");
    }

    @Test
    @DisplayName("R25 no finding holds a value of the message")
    void shouldNeverRepeatAValue() throws UnreadableMessageException {
        Findings findings = validated(MSH + "EVN||Mokoena\r" + PID.replace("|1|", "|Mokoena|") + "PV1||Mokoena\r");
        assertThat(findings.list())
                .isNotEmpty()
                .noneMatch(finding -> finding.toString().contains("Mokoena"));
    }

    @Test
    void shouldEndWhenTheBudgetIsSpent() throws UnreadableMessageException {
        Findings findings = new Findings(10, 50);
        String many = "OBX|1|NM|1||x||||||F\r".repeat(20_000);
        STANDARD.validate(message(MSH + EVN + PID + PV1 + many), origin(), findings);
        assertThat(findings.cutShort()).isTrue();
        assertThat(findings.list().size()).isLessThanOrEqualTo(10);
    }

    private static List<String> findings(String text) throws UnreadableMessageException {
        return validated(text).list().stream().map(StandardLayerTest::line).toList();
    }

    private static Findings validated(String text) throws UnreadableMessageException {
        Findings findings = new Findings(100, 100_000);
        STANDARD.validate(message(text), origin(), findings);
        return findings;
    }

    private static String line(Finding finding) {
        assertThat(finding.layer()).isEqualTo("hl7");
        return finding.severity() + " " + finding.rule() + " "
                + finding.condition().code() + " " + finding.place();
    }

    private static Message message(String text) throws UnreadableMessageException {
        return Message.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Origin origin() {
        return new Origin("ehr", "", 0);
    }
}
