package org.khokahano.conformance.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.khokahano.conformance.load.LoadDocuments.OBX;
import static org.khokahano.conformance.load.LoadDocuments.PID;
import static org.khokahano.conformance.load.LoadDocuments.at;
import static org.khokahano.conformance.load.LoadDocuments.coConstraints;
import static org.khokahano.conformance.load.LoadDocuments.context;
import static org.khokahano.conformance.load.LoadDocuments.imported;
import static org.khokahano.conformance.load.LoadDocuments.nist;
import static org.khokahano.conformance.load.LoadDocuments.notes;
import static org.khokahano.conformance.load.LoadDocuments.observation;
import static org.khokahano.conformance.load.LoadDocuments.rule;
import static org.khokahano.conformance.load.LoadDocuments.slicing;
import static org.khokahano.conformance.load.LoadDocuments.statement;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class NistImportTest {

    @Test
    void shouldFollowReferencesFromMessagesToSegmentsAndDataTypes() throws Exception {
        ImportedProfile profile = imported(nist(PID, OBX));

        assertThat(at(profile, "for")).isEqualTo(Map.of("types", List.of("ORU^R01"), "version", "2.5.1"));
        assertThat(at(profile, "groups", "PATIENT_RESULT", "groups", "ORDER_OBSERVATION", "cardinality"))
                .isEqualTo("1..*");
        assertThat(at(profile, "segments", "PID", "fields", 3, "components", 1, "length"))
                .isEqualTo("1..15");
        assertThat(at(profile, "segments", "PID", "fields", 2, "usage")).isEqualTo("X");
        assertThat(at(profile, "segments", "PID", "fields", 2, "severity")).isEqualTo("warning");
    }

    @Test
    void shouldTellOfADataTypeThatContainsItself() throws Exception {
        String circular = nist(PID, OBX)
                .replace(
                        "Name=\"Check digit\" Usage=\"O\" Datatype=\"ST\"",
                        "Name=\"Check digit\" Usage=\"O\" Datatype=\"CX_L\"");
        ImportedProfile profile = imported(circular);

        assertThat(profile.notes()).anySatisfy(note -> {
            assertThat(note.what()).isEqualTo("data type CX_L");
            assertThat(note.why()).isEqualTo("it contains itself");
            assertThat(note.line()).isGreaterThan(30);
        });
        assertThat(at(profile, "segments", "PID", "fields", 3, "components", 1, "length"))
                .isEqualTo("1..15");
    }

    @Test
    void shouldTakeTheConditionOfADataTypeToEachPlaceOfTheType() throws Exception {
        String predicate = "<Datatype><ByID ID='CX_L'><Predicate Target='3[1]' TrueUsage='R' FalseUsage='X'>"
                + "<Condition><Presence Path='2[1]'/></Condition></Predicate></ByID></Datatype>";

        ImportedProfile profile = imported(nist(PID, OBX), context(predicate, ""));

        assertThat(at(profile, "segments", "PID", "fields", 3, "components", 3, "usage"))
                .isEqualTo("C(R/X)");
        assertThat(at(profile, "segments", "PID", "fields", 3, "components", 3, "when"))
                .isEqualTo("msg['PID-3.2'] != ''");
        assertThat(at(observation(profile), "fields", 3, "components", 3, "when"))
                .as("OBX stands in SPECIMEN too, which the profile does not have, so it is said of the group's")
                .isEqualTo("msg['OBX-3.2'] != ''");
    }

    @Test
    void shouldMakePatternsOfStatementsAboutDataTypesAndRulesOfThoseAboutSegments() throws Exception {
        String constraints = "<Datatype><ByName Name='CX'>"
                + statement("L-1", "1[1]", "<Format Path='1[1]' Regex='[0-9]+'/>") + "</ByName></Datatype>"
                + "<Segment><ByID ID='PID_L'>"
                + statement("L-2", "1[1]", "<PlainText Path='1[1]' Text='1' IgnoreCase='false'/>")
                + "</ByID></Segment>";

        ImportedProfile profile = imported(nist(PID, OBX), context("", constraints));

        assertThat(at(profile, "segments", "PID", "fields", 3, "components", 1, "pattern"))
                .isEqualTo("[0-9]+");
        assertThat(rule(profile, "L-2"))
                .containsEntry("each", "PID")
                .containsEntry("require", "msg['PID-1'] == '' || msg['PID-1'] == '1'")
                .containsEntry("at", "PID-1")
                .containsEntry("text", "It is so.");
    }

    @Test
    void shouldAskStatementsAboutGroupsForEachGroup() throws Exception {
        String constraints = "<Group><ByID ID='g3'>"
                + statement(
                        "L-3",
                        "1[1].1[1]",
                        "<IMPLY><PlainText Path='2[1].1[1].2[1]' Text='NM' IgnoreCase='true'/>"
                                + "<Presence Path='1[1].1[1]'/></IMPLY>")
                + "</ByID></Group>";

        Map<?, ?> rule = rule(imported(nist(PID, OBX), context("", constraints)), "L-3");

        assertThat(rule.get("each")).isEqualTo("ORDER_OBSERVATION");
        assertThat(String.valueOf(rule.get("require"))).contains("(?i)NM", "msg['OBR-1'] != ''");
        assertThat(rule.get("at")).isEqualTo("OBR-1");
    }

    @Test
    void shouldMakeRulesOfConditionsOfAGroupSinceFieldsDoNotSeeTheirGroup() throws Exception {
        String predicate = "<Group><ByName Name='ORU_R01.PATIENT_RESULT.ORDER_OBSERVATION'>"
                + "<Predicate Target='1[1].1[1]' TrueUsage='R' FalseUsage='O'><Condition>"
                + "<Presence Path='2[1].1[1].1[1]'/></Condition></Predicate></ByName></Group>";

        Map<?, ?> rule = rule(imported(nist(PID, OBX), context(predicate, "")), "usage-OBR-1");

        assertThat(rule.get("each")).isEqualTo("ORDER_OBSERVATION");
        assertThat(rule.get("where")).isEqualTo("msg['OBX-1'] != ''");
        assertThat(rule.get("require")).isEqualTo("msg['OBR-1'] != ''");
    }

    @Test
    void shouldCountSegmentsWithinTheirGroup() throws Exception {
        String constraints = "<Segment><ByName Name='OBR'>" + statement("L-4", "1[1]", "<SetID Path='1[1]'/>")
                + "</ByName></Segment>";

        Map<?, ?> rule = rule(imported(nist(PID, OBX), context("", constraints)), "L-4");

        assertThat(rule.get("each")).isEqualTo("ORDER_OBSERVATION");
        assertThat(String.valueOf(rule.get("require"))).contains("msg.all('OBR-1')", "exists_one");
    }

    @Test
    void shouldTellWhatCannotBeSaidWithItsPlaceAndWhy() throws Exception {
        String constraints = "<Segment><ByName Name='PID'>"
                + statement("L-5", "1[1]", "<Plugin QualifiedClassName='org.invented.Check'/>")
                + statement("L-6", "1[1]", "<Format Path='1[1]' Regex='(?=a)b'/>")
                + statement("L-7", "1[1]", "<Guess Path='1[1]'/>") + "</ByName>"
                + "<ByName Name='NK1'>" + statement("L-8", "1[1]", "<Presence Path='1[1]'/>") + "</ByName></Segment>";

        ImportedProfile profile = imported(nist(PID, OBX), context("", constraints));

        assertThat(profile.document()).doesNotContainKey("rules");
        assertThat(profile.notes())
                .filteredOn(note -> note.what().startsWith("statement"))
                .extracting(note -> note.what() + ": " + note.why())
                .containsExactlyInAnyOrder(
                        "statement L-5: it is a program: the class org.invented.Check",
                        "statement L-6: the regular expression is not one of RE2 (invalid or unsupported Perl syntax)",
                        "statement L-7: 'Guess' is no assertion that is known",
                        "statement L-8: the message has no segment 'NK1' with such a part");
        assertThat(profile.notes())
                .filteredOn(note -> note.what().startsWith("statement"))
                .allSatisfy(note -> {
                    assertThat(note.file()).isEqualTo("other.xml");
                    assertThat(note.column()).isPositive();
                });
    }

    @Test
    @DisplayName("What profiles cannot say of numbers, names and places is told, and what is written can be checked")
    void shouldTellOfWhatNoProfileCanSay() throws Exception {
        String predicate = "<Segment><ByID ID='PID_L'><Predicate Target='1[1]' TrueUsage='R' FalseUsage='X'>"
                + "<Condition><Presence Path='1[1].3[1]'/></Condition></Predicate></ByID></Segment>";
        String table = "<SimpleTable><CoConstraint Usage='R' Min='5' Max='2'><Selectors>"
                + "<PlainText Path='1[1]' Name='OBX-1' Value='1'/></Selectors><Constraints/></CoConstraint></SimpleTable>";
        String slicing =
                slicing("<OccurrenceSlicing Position='3'><Slice Ref='ST' Occurrence='1000'/></OccurrenceSlicing>");
        String odd = nist(PID, OBX)
                .replace("<Segment Ref=\"OBX_L\" Usage=\"R\" Min=\"1\"", "<Segment Ref=\"OBX_L\" Usage=\"R\" Min=\"*\"")
                .replace(
                        "Ref=\"OBX_L\" Usage=\"R\" Min=\"*\" Max=\"1\"",
                        "Ref=\"OBX_L\" Usage=\"R\" Min=\"*\" Max=\"*\"")
                .replace("<Segment ID=\"PID_L\"", "<Segment ID='Z' Name='Zip code'/><Segment ID=\"PID_L\"")
                .replace("<Segment Ref=\"PID_L\"", "<Segment Ref='Z' Usage='O'/><Segment Ref=\"PID_L\"");

        ImportedProfile profile =
                imported(odd, context(predicate, ""), slicing, coConstraints("Path", "2[*].1[*]", table));

        assertThat(notes(profile))
                .extracting(note -> note.what() + ": " + note.why())
                .containsExactlyInAnyOrder(
                        "slice ST of segment PID_L: profiles know repetitions up to 999",
                        "cardinality *..*: it does not go with the usage",
                        "segment Zip code: HL7 2.5.1 does not have it, and no name of one's own begins so",
                        "condition of C(R/X): PID-1.3 does not exist in any version of HL7",
                        "how often it stands: the least number is more than the most");
    }

    @Test
    void shouldMakeARuleOfAStatementThatAValueIsEmpty() throws Exception {
        String constraints = "<Datatype><ByID ID='CX_L'>" + statement("L-1", "1[1]", "<PlainText Path='1[1]' Text=''/>")
                + statement("L-2", "2[1]", "<StringList Path='2[1]' CSV='A,'/>") + "</ByID></Datatype>";

        ImportedProfile profile = imported(nist(PID, OBX), context("", constraints));

        Object parts = at(profile, "segments", "PID", "fields", 3, "components");
        assertThat(at(parts, 1, "constant")).isEqualTo(LoadDocuments.NOTHING);
        assertThat(at(parts, 2, "constant")).isEqualTo(LoadDocuments.NOTHING);
        assertThat(rule(profile, "L-1-PID-3.1"))
                .containsEntry("require", "msg['PID-3.1'] == '' || msg['PID-3.1'] == ''");
        assertThat(rule(profile, "L-2-PID-3.2"))
                .containsEntry("require", "msg['PID-3.2'] == '' || msg['PID-3.2'] in ['A', '']");
    }

    @Test
    void shouldRefuseAReferenceThatLeadsNowhereWithItsPlace() {
        assertThatThrownBy(() -> imported(nist(PID, OBX).replace("Ref=\"PID_L\"", "Ref=\"PID_X\"")))
                .isInstanceOf(UnreadableProfileException.class)
                .hasMessage("there is no segment with the ID 'PID_X'")
                .extracting(thrown -> ((UnreadableProfileException) thrown).line())
                .isEqualTo(7);
    }

    @Test
    void shouldImportOneMessageOfSeveralAndSayWhichThereAre() throws Exception {
        String two = nist(PID, OBX)
                .replace(
                        "</Messages>",
                        "<Message ID='m2' Type='ACK' Event='R01' StructID='ACK'>"
                                + "<Segment Ref='MSH_L' Usage='R' Min='1' Max='1'/></Message></Messages>");

        assertThat(LoadDocuments.all("m2", two))
                .singleElement()
                .satisfies(profile -> assertThat(at(profile, "for", "types")).isEqualTo(List.of("ACK^R01^ACK")));
        assertThat(LoadDocuments.all("", two))
                .extracting(ImportedProfile::name)
                .doesNotHaveDuplicates()
                .hasSize(2);
        assertThatThrownBy(() -> LoadDocuments.all("m3", two)).hasMessageContaining("ORU^R01 (m1), ACK^R01 (m2)");
    }
}
