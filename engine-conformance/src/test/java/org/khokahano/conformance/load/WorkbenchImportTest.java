package org.khokahano.conformance.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.khokahano.conformance.load.LoadDocuments.at;
import static org.khokahano.conformance.load.LoadDocuments.imported;
import static org.khokahano.conformance.load.LoadDocuments.workbench;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class WorkbenchImportTest {
    private static final String MSH = """
            <Segment Name="MSH" Usage="R" Min="1" Max="1">
            <Field Name="Separator" Usage="R" Min="1" Max="1" Datatype="ST" Length="1" ConstantValue="|"/>
            <Field Name="Encoding" Usage="R" Min="1" Max="1" Datatype="ST" Length="4" ConstantValue="^~\\&amp;"/>
            </Segment>
            """;

    private static String pid(String fields) {
        return workbench(MSH + "<Segment Name='PID' Usage='R' Min='1' Max='1'>" + fields + "</Segment>");
    }

    @Test
    void shouldSayUsageCardinalityLengthAndPartsOfAField() throws Exception {
        ImportedProfile profile = imported(pid("""
                <Field Name="Set ID" Usage="X" Min="0" Max="0" Datatype="SI" Length="4"/>
                <Field Name="Patient ID" Usage="O" Min="0" Max="1" Datatype="CX" Length="20"/>
                <Field Name="Identifiers" Usage="R" Min="1" Max="*" Datatype="CX" Length="250">
                <Component Name="ID" Usage="R" Datatype="ST" Length="15"/>
                <Component Name="Digit" Usage="X" Datatype="ST" Length="1"/>
                <Component Name="Scheme" Usage="O" Datatype="ID"/>
                <Component Name="Authority" Usage="RE" Datatype="HD" Length="227">
                <SubComponent Name="Namespace" Usage="R" Datatype="IS" Length="20"/>
                </Component>
                </Field>
                """));

        assertThat(at(profile, "for")).isEqualTo(Map.of("types", List.of("ADT^A01"), "version", "2.5"));
        assertThat(at(profile, "segments", "PID", "usage")).isEqualTo("R");
        assertThat(at(profile, "segments", "PID", "cardinality")).isEqualTo("1..1");
        assertThat(at(profile, "segments", "PID", "fields", 1)).isEqualTo(Map.of("name", "Set ID", "usage", "X"));
        assertThat(at(profile, "segments", "PID", "fields", 3, "cardinality")).isEqualTo("1..*");
        assertThat(at(profile, "segments", "PID", "fields", 3, "length")).isEqualTo("0..250");
        assertThat(at(profile, "segments", "PID", "fields", 3, "components", 2))
                .isEqualTo(Map.of("name", "Digit", "usage", "X"));
        assertThat(at(profile, "segments", "PID", "fields", 3, "components", 3))
                .as("an optional component of which nothing is said needs no line")
                .isEqualTo(LoadDocuments.NOTHING);
        assertThat(at(profile, "segments", "PID", "fields", 3, "components", 4, "subcomponents", 1, "usage"))
                .isEqualTo("R");
    }

    @Test
    void shouldTellOfADataTypeThatHl7DoesNotHave() throws Exception {
        ImportedProfile profile =
                imported(pid("<Field Name='Set ID' Usage='R' Min='1' Max='1' Datatype='NOPE' Length='4'/>"));

        assertThat(profile.notes()).anySatisfy(note -> {
            assertThat(note.place()).isEqualTo("PID-1");
            assertThat(note.what()).isEqualTo("data type NOPE");
            assertThat(note.why()).isEqualTo("HL7 2.5 has none of that name; HL7's SI is taken");
        });
    }

    @Test
    void shouldForbidWhatTheProfileDoesNotListSinceHapiDoesSo() throws Exception {
        ImportedProfile profile =
                imported(pid("<Field Name='Set ID' Usage='R' Min='1' Max='1' Datatype='SI' Length='4'/>"));

        assertThat(at(profile, "segments", "PID", "fields", 2)).isEqualTo(Map.of("usage", "X"));
        assertThat(at(profile, "segments", "EVN")).isEqualTo(Map.of("usage", "X"));
        assertThat(at(profile, "groups", "INSURANCE")).isEqualTo(Map.of("usage", "X"));
    }

    @Test
    void shouldAskForTheDelimitersByRulesSinceTheyAreNoFieldsToAWalk() throws Exception {
        ImportedProfile profile = imported(workbench(MSH));

        assertThat(at(profile, "rules").toString()).contains("msg['MSH-2'] == '^~\\\\&'", "msg['MSH-1'] == '|'");
    }

    @Test
    void shouldSayWhereAConditionIsInWordsOnly() throws Exception {
        ImportedProfile profile = imported(pid("""
                <Field Name="Set ID" Usage="C" Min="0" Max="1" Datatype="SI" Length="4">
                <Predicate>If there are several patients</Predicate></Field>
                """));

        assertThat(at(profile, "segments", "PID", "fields", 1, "usage")).isEqualTo("O");
        assertThat(profile.notes())
                .filteredOn(note -> note.place().equals("PID-1"))
                .singleElement()
                .satisfies(note -> {
                    assertThat(note.kind()).isEqualTo(ImportNote.Kind.LEFT_OUT);
                    assertThat(note.why()).contains("words", "several patients");
                    assertThat(note.line()).isGreaterThan(5);
                });
    }

    @Test
    void shouldReadConditionsAndStatementsThatStandWithElements() throws Exception {
        ImportedProfile profile = imported(pid("""
                <Field Name="Set ID" Usage="O" Min="0" Max="1" Datatype="SI" Length="4">
                <ConformanceStatement id="M-1"><EnglishDescription>It is 1.</EnglishDescription>
                <Assertion><PlainText location="." value="1"/></Assertion></ConformanceStatement></Field>
                <Field Name="Patient ID" Usage="C" PredicateTrueUsage="R" PredicateFalseUsage="X" Min="0" Max="1"
                 Datatype="CX" Length="20">
                <Predicate><Condition><NOT><Valued location="./3/1"/></NOT></Condition></Predicate></Field>
                """));

        assertThat(at(profile, "segments", "PID", "fields", 1, "constant")).isEqualTo("1");
        assertThat(at(profile, "segments", "PID", "fields", 2, "usage")).isEqualTo("C(R/X)");
        assertThat(at(profile, "segments", "PID", "fields", 2, "when")).isEqualTo("msg['PID-3.1'] == ''");
    }

    @Test
    void shouldUnwrapTheGroupsThatOnlyTheWorkbenchHas() throws Exception {
        ImportedProfile profile = imported(workbench(MSH + """
                <SegGroup Name="G1O" Usage="O" Min="0" Max="1">
                <SegGroup Name="PROCEDURE" Usage="R" Min="1" Max="*">
                <Segment Name="PR1" Usage="R" Min="1" Max="1"/>
                </SegGroup></SegGroup>
                """));

        assertThat(at(profile, "groups", "PROCEDURE", "usage")).isEqualTo("O");
        assertThat(at(profile, "groups", "PROCEDURE", "cardinality")).isEqualTo("0..*");
    }

    @Test
    void shouldExpectSegmentsOfOnesOwnBehindTheSegmentBefore() throws Exception {
        ImportedProfile profile = imported(pid("").replace(
                        "</HL7v2xStaticDef>",
                        "<Segment Name='ZPD' Usage='RE' Min='0' Max='1'>"
                                + "<Field Name='District' Usage='R' Min='1' Max='1' Datatype='ST' Length='20'/></Segment>"
                                + "</HL7v2xStaticDef>"));

        assertThat(at(profile, "extraSegments", "ZPD", "after")).isEqualTo("PID");
        assertThat(at(profile, "extraSegments", "ZPD", "fields", 1, "usage")).isEqualTo("R");
    }

    @Test
    void shouldKeepTheFieldsOfASegmentWhoseGroupTheProfileDoesNotHave() throws Exception {
        ImportedProfile profile = imported(workbench(MSH + """
                <Segment Name="IN1" Usage="O" Min="0" Max="*">
                <Field Name="Set ID" Usage="R" Min="1" Max="1" Datatype="SI" Length="4"/>
                </Segment>
                """));

        assertThat(at(profile, "segments", "IN1", "fields", 1, "usage")).isEqualTo("R");
        assertThat(at(profile, "segments", "IN1", "usage")).isEqualTo(LoadDocuments.NOTHING);
        assertThat(at(profile, "groups", "INSURANCE")).as("it is not forbidden").isEqualTo(LoadDocuments.NOTHING);
        assertThat(profile.notes()).anySatisfy(note -> {
            assertThat(note.kind()).isEqualTo(ImportNote.Kind.CHANGED);
            assertThat(note.what()).contains("IN1");
        });
    }

    @Test
    void shouldTellOfATableThatIsNotShipped() throws Exception {
        ImportedProfile profile =
                imported(pid("<Field Name='Set ID' Usage='R' Min='1' Max='1' Datatype='SI' Length='4' Table='9876'/>"));

        assertThat(profile.notes())
                .anySatisfy(note -> assertThat(note.what() + note.why()).contains("9876", "not shipped"));
    }
}
