package org.khokahano.conformance.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.khokahano.conformance.load.LoadDocuments.at;
import static org.khokahano.conformance.load.LoadDocuments.context;
import static org.khokahano.conformance.load.LoadDocuments.field;
import static org.khokahano.conformance.load.LoadDocuments.imported;
import static org.khokahano.conformance.load.LoadDocuments.nist;
import static org.khokahano.conformance.load.LoadDocuments.statement;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class NistImportTest {
    private static final String PID = field("Set ID", "O", "1", "ST", "")
            + field("Other ID", "W", "1", "ST", "")
            + field("IDs", "R", "*", "CX_L", "");
    private static final String OBX = field("Set ID", "R", "1", "ST", "")
            + field("Type", "R", "1", "ST", "")
            + field("Code", "R", "1", "CX_L", "");

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
    void shouldBindToTheCodesOfALibrary() throws Exception {
        String sets = "<ValueSetLibrary><NoValidation><BindingIdentifier>V2</BindingIdentifier></NoValidation>"
                + "<ValueSetDefinitions Group='x'><ValueSetDefinition BindingIdentifier='V1' Name='v' Extensibility='Closed'>"
                + "<ValueElement Value='A' DisplayName='first' Usage='R'/><ValueElement Value='B' DisplayName='' Usage='P'/>"
                + "<ValueElement Value='C' DisplayName='out' Usage='E'/></ValueSetDefinition></ValueSetDefinitions>"
                + "</ValueSetLibrary>";
        String pid = field("Set ID", "O", "1", "ST", "Binding='V1' BindingStrength='R'")
                + field("Other", "O", "1", "ST", "Binding='V2'")
                + field("IDs", "O", "1", "ST", "Binding='V3'");

        ImportedProfile profile = imported(nist(pid, OBX), sets);

        assertThat(at(profile, "valueSets", "V1", "codes")).isEqualTo(Map.of("A", "first", "B", "B"));
        assertThat(at(profile, "segments", "PID", "fields", 1, "table")).isEqualTo("V1");
        assertThat(at(profile, "segments", "PID", "fields", 1, "strength")).isEqualTo("required");
        assertThat(profile.notes())
                .filteredOn(note -> note.what().startsWith("binding"))
                .extracting(ImportNote::place)
                .containsExactly("PID-2", "PID-3");
    }

    @Test
    void shouldTakeBindingsFromADocumentOfTheirOwn() throws Exception {
        String bindings = "<ValueSetBindingsContext ID='b'><ValueSetBindings><Datatype><ByID ID='CX_L'>"
                + "<ValueSetBinding BindingStrength='S' Target='3[*]'><BindingLocations>"
                + "<SimpleBindingLocation CodeLocation='.'/></BindingLocations>"
                + "<Bindings><Binding BindingIdentifier='HL70061'/></Bindings></ValueSetBinding>"
                + "</ByID></Datatype></ValueSetBindings></ValueSetBindingsContext>";
        String sets = "<ValueSetLibrary><ValueSetDefinitions><ValueSetDefinition BindingIdentifier='HL70061' Name='v'>"
                + "<ValueElement Value='M10'/></ValueSetDefinition></ValueSetDefinitions></ValueSetLibrary>";

        ImportedProfile profile = imported(nist(PID, OBX), bindings, sets);

        assertThat(at(profile, "segments", "PID", "fields", 3, "components", 3, "table"))
                .isEqualTo("HL70061");
        assertThat(at(profile, "segments", "PID", "fields", 3, "components", 3, "strength"))
                .isEqualTo("preferred");
    }

    @Test
    void shouldMakeSlicesOfTypesByAnotherField() throws Exception {
        String obx = OBX.replace("</Segment>", "")
                + field("Sub", "O", "1", "ST", "")
                + field("Value", "O", "1", "ST", "")
                + "<DynamicMapping><Mapping Position='5' Reference='2'><Case Value='CX' Datatype='CX_L'/></Mapping>"
                + "</DynamicMapping>";

        Object slices = at(observation(imported(nist(PID, obx))), "fields", 5, "slices");

        assertThat(slices.toString()).contains("name=CX", "where=msg['OBX-2'] == 'CX'", "components={1={name=ID");
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

    /** What is said of OBX in its group. */
    private static Object observation(ImportedProfile profile) {
        return at(
                profile,
                "groups",
                "PATIENT_RESULT",
                "groups",
                "ORDER_OBSERVATION",
                "groups",
                "OBSERVATION",
                "segments",
                "OBX");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> rule(ImportedProfile profile, String id) {
        return ((List<Map<String, Object>>) at(profile, "rules"))
                .stream()
                        .filter(rule -> id.equals(rule.get("id")))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no rule " + id + "; notes: " + profile.notes()));
    }
}
