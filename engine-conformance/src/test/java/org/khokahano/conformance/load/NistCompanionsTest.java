package org.khokahano.conformance.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.khokahano.conformance.load.LoadDocuments.OBX;
import static org.khokahano.conformance.load.LoadDocuments.PID;
import static org.khokahano.conformance.load.LoadDocuments.at;
import static org.khokahano.conformance.load.LoadDocuments.coConstraints;
import static org.khokahano.conformance.load.LoadDocuments.context;
import static org.khokahano.conformance.load.LoadDocuments.field;
import static org.khokahano.conformance.load.LoadDocuments.imported;
import static org.khokahano.conformance.load.LoadDocuments.nist;
import static org.khokahano.conformance.load.LoadDocuments.notes;
import static org.khokahano.conformance.load.LoadDocuments.observation;
import static org.khokahano.conformance.load.LoadDocuments.rule;
import static org.khokahano.conformance.load.LoadDocuments.slicing;
import static org.khokahano.conformance.load.LoadDocuments.statement;

import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class NistCompanionsTest {

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
    @DisplayName("A type that two fields say goes before the one that the first of them says alone")
    void shouldTellTypesApartByASecondValue() throws Exception {
        String obx = OBX.replace("</Segment>", "")
                + field("Sub", "O", "1", "ST", "")
                + field("Value", "O", "1", "ST", "")
                + "<DynamicMapping><Mapping Position='5' Reference='2' SecondReference='3.1'>"
                + "<Case Value='CX' Datatype='CX_L'/><Case Value='CX' SecondValue='A' Datatype='ST'/>"
                + "<Case Value='CX' SecondValue='B' Datatype='CX_L'/><Case Value='ST' Datatype='ST'/></Mapping>"
                + "</DynamicMapping>";

        Object slices = at(observation(imported(nist(PID, obx))), "fields", 5, "slices");

        assertThat(slices)
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .extracting(slice -> at(slice, "name") + ": " + at(slice, "where") + ": "
                        + at(slice, "components").toString().startsWith("{1="))
                .containsExactly(
                        "CX A: msg['OBX-2'] == 'CX' && msg['OBX-3.1'] == 'A': false",
                        "CX B: msg['OBX-2'] == 'CX' && msg['OBX-3.1'] == 'B': true",
                        "CX: msg['OBX-2'] == 'CX': true");
    }

    @Test
    @DisplayName("The type of a slice takes the place of the field's, which is for the other repetitions")
    void shouldMakeSlicesOfAssertionSlicings() throws Exception {
        String slicing = slicing("<AssertionSlicing Position='3'><Slice Ref='CX_N'><Description>x</Description>"
                + "<Assertion><PlainText Path='3[1]' Text='NI'/></Assertion></Slice></AssertionSlicing>");

        ImportedProfile profile = imported(withNational(), slicing);

        Object ids = at(profile, "segments", "PID", "fields", 3);
        assertThat(at(ids, "components")).isEqualTo(LoadDocuments.NOTHING);
        assertThat(at(ids, "slices"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .extracting(slice ->
                        at(slice, "name") + ": " + at(slice, "where") + ": " + at(slice, "components", 1, "length"))
                .containsExactly("CX_N: msg['PID-3.3'] == '' || msg['PID-3.3'] == 'NI': 12..12", "others: true: 1..15");
        assertThat(notes(profile)).isEmpty();
    }

    @Test
    void shouldMakeSlicesOfRepetitionsByTheirNumbers() throws Exception {
        String slicing =
                slicing("<OccurrenceSlicing Position='3'><Slice Ref='CX_N' Occurrence='2'/></OccurrenceSlicing>");
        String statement = context(
                "",
                "<Datatype><ByID ID='CX_N'>"
                        + statement("L-9", "1[1]", "<IMPLY><Presence Path='2[1]'/><Presence Path='3[1]'/></IMPLY>")
                        + "</ByID></Datatype>");

        ImportedProfile profile = imported(withNational(), slicing, statement);

        Object slices = at(profile, "segments", "PID", "fields", 3, "slices");
        assertThat(slices.toString())
                .startsWith("[{name=CX_N, repetition=2, components={1={")
                .contains("others");
        assertThat(notes(profile))
                .extracting(note -> note.what() + ": " + note.why())
                .containsExactly("statement L-9: it is about repetitions by their numbers, which rules do not know");
    }

    @Test
    @DisplayName("Segments of a slicing have the fields and statements of their flavour, the others those of the place")
    void shouldMakeSlicesOfSegments() throws Exception {
        String slicing = "<ProfileSlicing><SegmentSlicing><Message ID='m1'><GroupContext ID='g4'>"
                + "<AssertionSlicing Position='1'><Slice Ref='OBX_N'><Assertion>"
                + "<PlainText Path='2[1]' Text='NM'/></Assertion></Slice></AssertionSlicing>"
                + "</GroupContext></Message></SegmentSlicing></ProfileSlicing>";
        String flavour = "<Segment ID='OBX_N' Name='OBX'>" + field("Set ID", "R", "1", "ST", "")
                + field("Type", "R", "1", "ST", "") + field("Code", "R", "1", "CX_N", "") + "</Segment></Segments>";
        String constraints = "<Segment><ByID ID='OBX_N'>"
                + statement("L-1", "1[1]", "<Presence Path='3[1].2[1]'/>") + "</ByID><ByID ID='OBX_L'>"
                + statement("L-2", "1[1]", "<Presence Path='3[1].3[1]'/>") + "</ByID></Segment>";

        ImportedProfile profile =
                imported(withNational().replace("</Segments>", flavour), slicing, context("", constraints));

        Object observation = observation(profile);
        assertThat(at(observation, "fields")).isEqualTo(LoadDocuments.NOTHING);
        assertThat(at(observation, "slices"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .extracting(slice -> at(slice, "name") + ": " + at(slice, "where") + ": "
                        + at(slice, "fields", 3, "components", 1, "length"))
                .containsExactly("OBX_N: msg['OBX-2'] == '' || msg['OBX-2'] == 'NM': 12..12", "others: true: 1..15");
        assertThat(rule(profile, "L-1"))
                .containsEntry("each", "OBX")
                .containsEntry("where", "msg['OBX-2'] == '' || msg['OBX-2'] == 'NM'");
        assertThat(rule(profile, "L-2"))
                .containsEntry("each", "OBX")
                .containsEntry("where", "!(msg['OBX-2'] == '' || msg['OBX-2'] == 'NM')");
        assertThat(notes(profile)).isEmpty();
    }

    @Test
    void shouldTellOfSlicingsThatCannotBeCarriedOver() throws Exception {
        String slicing = "<ProfileSlicing><SegmentSlicing><Message ID='m1'><GroupContext ID='g4'>"
                + "<OccurrenceSlicing Position='1'><Slice Ref='OBX_X' Occurrence='2'/></OccurrenceSlicing>"
                + "</GroupContext></Message></SegmentSlicing><FieldSlicing>"
                + "<SegmentContext ID='ZZZ_L'><AssertionSlicing Position='1'><Slice Ref='ST'/></AssertionSlicing>"
                + "</SegmentContext></FieldSlicing></ProfileSlicing>";

        assertThat(notes(imported(nist(PID, OBX), slicing)))
                .extracting(ImportNote::what)
                .containsExactlyInAnyOrder(
                        "slice OBX_X of message m1, group g4", "slice ST of segment ZZZ_L", "slicing of segment ZZZ_L");
    }

    @Test
    void shouldRefuseASliceOfATypeThatThereIsNot() {
        String slicing =
                slicing("<OccurrenceSlicing Position='3'><Slice Ref='CX_Q' Occurrence='2'/></OccurrenceSlicing>");

        assertThatThrownBy(() -> imported(nist(PID, OBX), slicing))
                .isInstanceOf(UnreadableProfileException.class)
                .hasMessage("there is no data type with the ID 'CX_Q'");
    }

    @Test
    @DisplayName("A co-constraint is a rule for each segment that it selects, and a count of them in its group")
    void shouldMakeRulesOfCoConstraints() throws Exception {
        String table = "<SimpleTable><CoConstraint Usage='R' Min='1' Max='2'><Selectors>"
                + "<Code Path='3[1]' Name='OBX-3' Code='718-7' CodeSystem='LN'>"
                + "<BindingLocation Position='1' CodePath='1[1]' CodeSystemPath='3[1]'/></Code></Selectors>"
                + "<Constraints><PlainText Path='2[1]' Name='OBX-2' Value='NM'/>"
                + "<ValueSet Path='1[1]' Name='OBX-1'><ValueSetBinding Target='.' BindingStrength='S'><Bindings>"
                + "<Binding BindingIdentifier='V1'/></Bindings></ValueSetBinding></ValueSet></Constraints>"
                + "</CoConstraint></SimpleTable>";
        String sets = "<ValueSetLibrary><ValueSetDefinitions><ValueSetDefinition BindingIdentifier='V1' Name='v'>"
                + "<ValueElement Value='1'/><ValueElement Value='2'/></ValueSetDefinition></ValueSetDefinitions>"
                + "</ValueSetLibrary>";

        ImportedProfile profile = imported(nist(PID, OBX), coConstraints("Path", "2[*].1[*]", table), sets);

        String selected = "(msg['OBX-3.1'] == '718-7' && msg['OBX-3.3'] == 'LN')";
        assertThat(rule(profile, "co-OBX-3-718-7-of-LN-OBX-2"))
                .containsEntry("each", "OBX")
                .containsEntry("where", selected)
                .containsEntry("require", "(msg['OBX-2'] == '' || msg['OBX-2'] == 'NM')")
                .containsEntry("at", "OBX-2")
                .containsEntry("text", "with OBX-3 718-7 of LN, OBX-2 is NM");
        assertThat(rule(profile, "co-OBX-3-718-7-of-LN-OBX-1"))
                .containsEntry("require", "(msg['OBX-1'] == '' || msg['OBX-1'] in ['1', '2'])")
                .containsEntry("severity", "warning");
        assertThat(rule(profile, "co-OBX-3-718-7-of-LN"))
                .containsEntry("each", "ORDER_OBSERVATION")
                .containsEntry("count", "OBX")
                .containsEntry("matching", selected)
                .containsEntry("cardinality", "1..2")
                .containsEntry("text", "OBX with OBX-3 718-7 of LN stands here 1 to 2 times");
        assertThat(notes(profile)).isEmpty();
    }

    @Test
    @DisplayName("A table with a condition is asked of the groups that the condition is true of")
    void shouldAskConditionalTablesOfTheirGroup() throws Exception {
        String table = "<ConditionalTable><CoConstraintGroupId><IdPath Priority='1' Path='1[*]' Name='OBX-1'/>"
                + "</CoConstraintGroupId><Condition><Description>x</Description><Assertion>"
                + "<Presence Path='1[1].1[1]'/></Assertion></Condition>"
                + "<CoConstraintGroup Name='Eligibility' Usage='R' Min='1' Max='1'>"
                + primary("Primary", "A") + primary("CoConstraint", "B") + "</CoConstraintGroup></ConditionalTable>";

        ImportedProfile profile = imported(nist(PID, OBX), coConstraints("Target", "[*].2[*].1[*]", table));

        assertThat(rule(profile, "co-OBX-3-A"))
                .containsEntry("where", "msg['OBR-1'] != ''")
                .containsEntry("cardinality", "1..*");
        assertThat(rule(profile, "co-OBX-3-B-OBX-2"))
                .containsEntry("each", "ORDER_OBSERVATION")
                .containsEntry("where", "msg['OBR-1'] != ''")
                .containsEntry("matching", "(msg['OBX-3.1'] == 'B' && !((msg['OBX-2'] == '' || msg['OBX-2'] == 'NM')))")
                .containsEntry("cardinality", "0..0")
                .containsEntry("at", "OBX-2");
        assertThat(notes(profile))
                .extracting(ImportNote::what)
                .containsExactlyInAnyOrder(
                        "groups of co-constraints",
                        "how often the group Eligibility stands",
                        "how often it stands in each group Eligibility",
                        "how often it stands in each group Eligibility");
    }

    @Test
    void shouldTellOfCoConstraintsThatCannotBeCarriedOver() throws Exception {
        String odd = "<SimpleTable><CoConstraint Usage='O' Min='0' Max='*'><Selectors>"
                + "<Guess Path='1[1]' Name='OBX-1'/></Selectors><Constraints/></CoConstraint></SimpleTable>";

        assertThat(notes(imported(nist(PID, OBX), coConstraints("Path", "2[*].1[*]", odd))))
                .extracting(note -> note.what() + ": " + note.why())
                .containsExactly("co-constraint of OBX: 'Guess' is not known");
        assertThat(notes(imported(nist(PID, OBX), coConstraints("Path", "2[*].7[*]", odd))))
                .extracting(ImportNote::why)
                .containsExactly("'2[*].7[*]' leads to no part of the message");
        assertThat(notes(imported(nist(PID, OBX), "<CoConstraintContext><ByMessage ID='m9'/></CoConstraintContext>")))
                .extracting(ImportNote::why)
                .containsExactly("it has nothing for the message m1");
    }

    @Test
    @DisplayName("One code that a place must have is a constant, or with its system a rule")
    void shouldTakeSingleCodes() throws Exception {
        String bindings = "<ValueSetBindingsContext><SingleCodeBindings><Segment><ByID ID='PID_L'>"
                + "<SingleCodeBinding Code='7' CodeSystem='X' Target='1[*]'><BindingLocations>"
                + "<SimpleBindingLocation CodeLocation='.'/></BindingLocations></SingleCodeBinding>"
                + "<SingleCodeBinding Code='A' CodeSystem='B' Target='3[*]'><BindingLocations>"
                + "<ComplexBindingLocation CodeLocation='1[1]' CodeSystemLocation='3[1]'/></BindingLocations>"
                + "</SingleCodeBinding></ByID></Segment></SingleCodeBindings><Guess/></ValueSetBindingsContext>";

        ImportedProfile profile = imported(nist(PID, OBX), bindings);

        assertThat(at(profile, "segments", "PID", "fields", 1, "constant")).isEqualTo("7");
        assertThat(rule(profile, "code-PID-3-PID-3"))
                .containsEntry("each", "PID-3")
                .containsEntry("require", "(msg['PID-3.1'] == '' || (msg['PID-3.1'] == 'A' && msg['PID-3.3'] == 'B'))")
                .containsEntry("text", "PID-3 is A of B");
        assertThat(notes(profile)).extracting(ImportNote::what).containsExactly("Guess");
    }

    @Test
    void shouldBindAPlaceToTheCodesOfSeveralSets() throws Exception {
        String bindings = "<ValueSetBindingsContext><ValueSetBindings><Segment><ByID ID='PID_L'>"
                + "<ValueSetBinding BindingStrength='R' Target='1[*]'><Bindings><Binding BindingIdentifier='V1'/>"
                + "<Binding BindingIdentifier='V2'/></Bindings></ValueSetBinding></ByID></Segment></ValueSetBindings>"
                + "</ValueSetBindingsContext>";
        String sets = "<ValueSetLibrary><ValueSetDefinitions><ValueSetDefinition BindingIdentifier='V1' Name='v'>"
                + "<ValueElement Value='A'/></ValueSetDefinition><ValueSetDefinition BindingIdentifier='V2' Name='v'>"
                + "<ValueElement Value='B'/></ValueSetDefinition></ValueSetDefinitions></ValueSetLibrary>";

        ImportedProfile profile = imported(nist(PID, OBX), bindings, sets);

        assertThat(at(profile, "segments", "PID", "fields", 1, "table")).isEqualTo("V1-V2");
        assertThat(at(profile, "valueSets", "V1-V2", "codes")).isEqualTo(List.of("A", "B"));
        String withTheField = field("Set ID", "O", "1", "ST", "Binding='V1:V2' BindingStrength='R'");
        assertThat(at(imported(nist(withTheField, OBX), sets), "segments", "PID", "fields", 1, "table"))
                .isEqualTo("V1-V2");
    }

    private static String withNational() {
        return nist(PID, OBX)
                .replace(
                        "</Datatypes>",
                        "<Datatype ID='CX_N' Name='CX' Description='National'>"
                                + "<Component Name='ID' Usage='R' Datatype='ST' MinLength='12' MaxLength='12'/>"
                                + "<Component Name='Check digit' Usage='O' Datatype='ST' MinLength='1' MaxLength='1'/>"
                                + "<Component Name='Scheme' Usage='O' Datatype='ST' MinLength='1' MaxLength='3'/>"
                                + "</Datatype></Datatypes>");
    }

    private static String primary(String element, String code) {
        return "<" + element + " Usage='R' Min='1' Max='1'><Selectors><Code Path='3[1]' Name='OBX-3' Code='" + code
                + "'><BindingLocation Position='1' CodePath='1[1]'/></Code></Selectors><Constraints>"
                + "<PlainText Path='2[1]' Name='OBX-2' Value='NM'/></Constraints></" + element + ">";
    }
}
