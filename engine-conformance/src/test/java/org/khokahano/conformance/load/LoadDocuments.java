package org.khokahano.conformance.load;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.khokahano.conformance.standard.Hl7Tables;
import org.khokahano.message.definition.Hl7Definitions;

/** Small invented documents, and what comes of them. */
final class LoadDocuments {

    static final String NOTHING = "nothing";
    static final String PID = field("Set ID", "O", "1", "ST", "")
            + field("Other ID", "W", "1", "ST", "")
            + field("IDs", "R", "*", "CX_L", "");
    static final String OBX = field("Set ID", "R", "1", "ST", "")
            + field("Type", "R", "1", "ST", "")
            + field("Code", "R", "1", "CX_L", "");

    private LoadDocuments() {}

    static ImportedProfile imported(String profile, String... companions) throws UnreadableProfileException {
        return all("", profile, companions).get(0);
    }

    static List<ImportedProfile> all(String message, String profile, String... companions)
            throws UnreadableProfileException {
        List<ProfileSource.Document> others = new ArrayList<>();
        for (String companion : companions) {
            others.add(document("other.xml", companion));
        }
        return new ProfileImport(new Hl7Definitions(), Hl7Tables.shipped())
                .read(new ProfileSource(document("profile.xml", profile), others), message);
    }

    private static ProfileSource.Document document(String name, String xml) {
        return new ProfileSource.Document(name, xml.getBytes(StandardCharsets.UTF_8));
    }

    /** What stands at keys, one in the other; {@link #NOTHING} where there is nothing. */
    static Object at(ImportedProfile profile, Object... keys) {
        return at((Object) profile.document(), keys);
    }

    static Object at(Object around, Object... keys) {
        Object at = around;
        for (Object key : keys) {
            Object inside = at instanceof Map<?, ?> mapping ? mapping.get(key) : null;
            at = inside == null ? NOTHING : inside;
        }
        return at;
    }

    /** A Messaging Workbench profile of an admission. */
    static String workbench(String parts) {
        return """
                <?xml version="1.0"?>
                <HL7v2xConformanceProfile HL7Version="2.5" ProfileType="Constrainable">
                <MetaData Name="Admission at Mafeteng" OrgName="Invented"/>
                <HL7v2xStaticDef MsgType="ADT" EventType="A01" MsgStructID="ADT_A01" Role="Sender">
                <MetaData Name="Admission"/>
                """ + parts + "</HL7v2xStaticDef></HL7v2xConformanceProfile>";
    }

    /** A NIST profile of results: MSH, and PID and OBX with some fields. */
    static String nist(String pid, String obx) {
        return """
                <ConformanceProfile ID="p1" Type="Constrainable" HL7Version="2.5.1">
                <MetaData Name="Results at Leribe" OrgName="Invented" Version="1" Date="20261101"/>
                <Messages><Message ID="m1" Type="ORU" Event="R01" StructID="ORU_R01" Description="Results">
                <Segment Ref="MSH_L" Usage="R" Min="1" Max="1"/>
                <Group ID="g1" Name="ORU_R01.PATIENT_RESULT" Usage="R" Min="1" Max="1">
                <Group ID="g2" Name="ORU_R01.PATIENT_RESULT.PATIENT" Usage="R" Min="1" Max="1">
                <Segment Ref="PID_L" Usage="R" Min="1" Max="1"/>
                </Group>
                <Group ID="g3" Name="ORU_R01.PATIENT_RESULT.ORDER_OBSERVATION" Usage="R" Min="1" Max="*">
                <Segment Ref="OBR_L" Usage="R" Min="1" Max="1"/>
                <Group ID="g4" Name="ORU_R01.PATIENT_RESULT.ORDER_OBSERVATION.OBSERVATION" Usage="R" Min="1" Max="*">
                <Segment Ref="OBX_L" Usage="R" Min="1" Max="1"/>
                </Group></Group></Group>
                </Message></Messages>
                <Segments>
                <Segment ID="MSH_L" Name="MSH" Label="MSH" Description="Header">
                <Field Name="Separator" Usage="R" Min="1" Max="1" Datatype="ST" MinLength="1" MaxLength="1"/>
                <Field Name="Encoding" Usage="R" Min="1" Max="1" Datatype="ST" MinLength="4" MaxLength="5"/>
                </Segment>
                <Segment ID="PID_L" Name="PID" Label="PID" Description="Patient">""" + pid + """
                </Segment>
                <Segment ID="OBR_L" Name="OBR" Label="OBR" Description="Order">
                <Field Name="Set ID" Usage="R" Min="1" Max="1" Datatype="ST" MinLength="1" MaxLength="4"/>
                </Segment>
                <Segment ID="OBX_L" Name="OBX" Label="OBX" Description="Result">""" + obx + """
                </Segment>
                </Segments>
                <Datatypes>
                <Datatype ID="ST" Name="ST" Description="Text"/>
                <Datatype ID="NM" Name="NM" Description="Number"/>
                <Datatype ID="CX_L" Name="CX" Description="Identifier">
                <Component Name="ID" Usage="R" Datatype="ST" MinLength="1" MaxLength="15"/>
                <Component Name="Check digit" Usage="O" Datatype="ST" MinLength="1" MaxLength="1"/>
                <Component Name="Check digit scheme" Usage="C" Datatype="ST" MinLength="1" MaxLength="3"/>
                </Datatype>
                </Datatypes>
                </ConformanceProfile>
                """;
    }

    static String field(String name, String usage, String max, String type, String more) {
        return "<Field Name='%s' Usage='%s' Min='0' Max='%s' Datatype='%s' MinLength='1' MaxLength='20' %s/>"
                .formatted(name, usage, max, type, more);
    }

    /** A document of conditions and statements; {@code constraints} stand with a segment. */
    static String context(String predicates, String constraints) {
        return "<ConformanceContext UUID='c1'><MetaData Name='x'/><Predicates>" + predicates
                + "</Predicates><Constraints>" + constraints + "</Constraints></ConformanceContext>";
    }

    static String statement(String id, String target, String assertion) {
        return "<Constraint ID='" + id + "' Target='" + target + "'><Description>It is so.</Description><Assertion>"
                + assertion + "</Assertion></Constraint>";
    }

    /** Those that are not about the documents that every test has. */
    static List<ImportNote> notes(ImportedProfile profile) {
        return profile.notes().stream()
                .filter(note -> !note.what().equals("condition of usage C"))
                .toList();
    }

    static String slicing(String ofPid) {
        return "<ProfileSlicing ID='s'><FieldSlicing><SegmentContext ID='PID_L'>" + ofPid
                + "</SegmentContext></FieldSlicing></ProfileSlicing>";
    }

    /** Tables for OBX in ORDER_OBSERVATION. */
    static String coConstraints(String attribute, String path, String tables) {
        return "<CoConstraintContext><ByMessage ID='m1'><Context Name='ORDER_OBSERVATION' Path='2[*].2[*]'>"
                + "<Segment Name='OBX' " + attribute + "='" + path + "'>" + tables
                + "</Segment></Context></ByMessage></CoConstraintContext>";
    }

    /** What is said of OBX in its group. */
    static Object observation(ImportedProfile profile) {
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
    static Map<String, Object> rule(ImportedProfile profile, String id) {
        return ((List<Map<String, Object>>) at(profile, "rules"))
                .stream()
                        .filter(rule -> id.equals(rule.get("id")))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no rule " + id + "; notes: " + profile.notes()));
    }
}
