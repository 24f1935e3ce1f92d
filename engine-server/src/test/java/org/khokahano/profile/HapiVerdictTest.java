package org.khokahano.profile;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.conf.check.DefaultValidator;
import ca.uhn.hl7v2.conf.parser.ProfileParser;
import ca.uhn.hl7v2.conf.spec.RuntimeProfile;
import ca.uhn.hl7v2.validation.impl.NoValidation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.khokahano.cases.Coverage;
import org.khokahano.config.ConfigurationReader;
import org.khokahano.config.ConfigurationResult;
import org.khokahano.config.EngineConfig;
import org.khokahano.config.yaml.Environment;
import org.khokahano.conformance.load.ImportedProfile;
import org.khokahano.conformance.load.ProfileImport;
import org.khokahano.conformance.load.ProfileSource;
import org.khokahano.conformance.load.ProfileText;
import org.khokahano.conformance.standard.Hl7Tables;
import org.khokahano.engine.Rehearsal;
import org.khokahano.message.definition.Hl7Definitions;

/** An imported profile judges messages as HAPI's own validator does by the document that it was made of. */
@Tag("unit")
class HapiVerdictTest {
    private static final String PROFILE = """
            <?xml version="1.0"?>
            <HL7v2xConformanceProfile HL7Version="2.5" ProfileType="Constrainable">
            <MetaData Name="Admission at Mafeteng" OrgName="Invented" Version="1" Status="A" Topics="t"/>
            <Encodings><Encoding>ER7</Encoding></Encodings>
            <DynamicDef AccAck="NE" AppAck="AL" MsgAckMode="Deferred"/>
            <HL7v2xStaticDef MsgType="ADT" EventType="A01" MsgStructID="ADT_A01" Role="Sender">
            <MetaData Name="Admission" OrgName="Invented" Version="1" Status="A" Topics="t"/>
            <Segment Name="MSH" LongName="Header" Usage="R" Min="1" Max="1">
            <Field Name="Separator" Usage="R" Min="1" Max="1" Datatype="ST" Length="1"/>
            <Field Name="Encoding" Usage="R" Min="1" Max="1" Datatype="ST" Length="4"/>
            <Field Name="Sending application" Usage="R" Min="1" Max="1" Datatype="HD" Length="20"/>
            <Field Name="Sending facility" Usage="O" Min="0" Max="1" Datatype="HD" Length="20"/>
            <Field Name="Receiving application" Usage="O" Min="0" Max="1" Datatype="HD" Length="20"/>
            <Field Name="Receiving facility" Usage="X" Min="0" Max="1" Datatype="HD" Length="20"/>
            <Field Name="Time" Usage="R" Min="1" Max="1" Datatype="TS" Length="26"/>
            <Field Name="Security" Usage="O" Min="0" Max="1" Datatype="ST" Length="40"/>
            <Field Name="Type" Usage="R" Min="1" Max="1" Datatype="MSG" Length="15">
            <Component Name="Code" Usage="R" Datatype="ID" Length="3"/>
            <Component Name="Event" Usage="R" Datatype="ID" Length="3"/>
            <Component Name="Structure" Usage="O" Datatype="ID" Length="7"/>
            </Field>
            <Field Name="Control ID" Usage="R" Min="1" Max="1" Datatype="ST" Length="20"/>
            <Field Name="Processing ID" Usage="R" Min="1" Max="1" Datatype="PT" Length="3"/>
            <Field Name="Version" Usage="R" Min="1" Max="1" Datatype="VID" Length="60"/>
            </Segment>
            <Segment Name="EVN" LongName="Event" Usage="R" Min="1" Max="1">
            <Field Name="Event type" Usage="O" Min="0" Max="1" Datatype="ID" Length="3"/>
            <Field Name="Recorded" Usage="R" Min="1" Max="1" Datatype="TS" Length="26"/>
            </Segment>
            <Segment Name="PID" LongName="Patient" Usage="R" Min="1" Max="1">
            <Field Name="Set ID" Usage="O" Min="0" Max="1" Datatype="SI" Length="4"/>
            <Field Name="Patient ID" Usage="X" Min="0" Max="0" Datatype="CX" Length="20"/>
            <Field Name="Identifiers" Usage="R" Min="1" Max="2" Datatype="CX" Length="250">
            <Component Name="ID" Usage="R" Datatype="ST" Length="8"/>
            <Component Name="Check digit" Usage="X" Datatype="ST" Length="1"/>
            <Component Name="Scheme" Usage="O" Datatype="ID" Length="3"/>
            <Component Name="Authority" Usage="O" Datatype="HD" Length="227">
            <SubComponent Name="Namespace" Usage="R" Datatype="IS" Length="20"/>
            <SubComponent Name="Universal ID" Usage="X" Datatype="ST" Length="199"/>
            </Component>
            </Field>
            <Field Name="Alternate" Usage="O" Min="0" Max="*" Datatype="CX" Length="20"/>
            <Field Name="Name" Usage="R" Min="1" Max="1" Datatype="XPN" Length="250"/>
            <Field Name="Mother" Usage="O" Min="0" Max="1" Datatype="XPN" Length="250"/>
            <Field Name="Birth" Usage="RE" Min="1" Max="1" Datatype="TS" Length="26"/>
            <Field Name="Sex" Usage="O" Min="0" Max="1" Datatype="IS" Length="1" ConstantValue="F"/>
            </Segment>
            <Segment Name="PV1" LongName="Visit" Usage="R" Min="1" Max="1">
            <Field Name="Set ID" Usage="O" Min="0" Max="1" Datatype="SI" Length="4"/>
            <Field Name="Class" Usage="R" Min="1" Max="1" Datatype="IS" Length="1"/>
            </Segment>
            <Segment Name="AL1" LongName="Allergy" Usage="O" Min="0" Max="2">
            <Field Name="Set ID" Usage="R" Min="1" Max="1" Datatype="SI" Length="4"/>
            </Segment>
            <Segment Name="DG1" LongName="Diagnosis" Usage="X" Min="0" Max="0">
            <Field Name="Set ID" Usage="O" Min="0" Max="1" Datatype="SI" Length="4"/>
            </Segment>
            </HL7v2xStaticDef></HL7v2xConformanceProfile>
            """;

    private static final String HEADER = "MSH|^~\\&|EHR|MAFETENG|HUB||20261123080000||ADT^A01^ADT_A01|A1|P|2.5";

    private static HapiContext context;
    private static RuntimeProfile document;
    private static Rehearsal rehearsal;

    @TempDir
    private static Path directory;

    @BeforeAll
    static void readTheProfileTwice() throws Exception {
        context = new DefaultHapiContext(new NoValidation());
        document = new ProfileParser(false).parse(PROFILE);
        ImportedProfile imported = new ProfileImport(new Hl7Definitions(), Hl7Tables.shipped())
                .read(
                        new ProfileSource(
                                new ProfileSource.Document("a.xml", PROFILE.getBytes(StandardCharsets.UTF_8)),
                                List.of()),
                        "")
                .get(0);
        Files.writeString(directory.resolve("profile.yaml"), ProfileText.of(imported.document()));
        Files.writeString(directory.resolve("engine.yaml"), """
                engine: test
                validation: {one: {structure: "off", dataTypes: "off", lengths: "off", tables: "off", profiles: [profile.yaml]}}
                listeners: {ehr: {mllp: {port: 2575}, validate: {with: one}}}
                routes: {all: {from: [ehr], to: [hub]}}
                destinations: {hub: {mllp: {host: 127.0.0.1, port: 3601}}}
                """);
        ConfigurationResult result = ConfigurationReader.read(directory, Environment.ofProcess());
        assertThat(result.config()).as("%s", result.problems()).isPresent();
        EngineConfig config = result.config().orElseThrow();
        rehearsal = new Rehearsal(config, new Coverage(config));
    }

    @AfterAll
    static void close() throws Exception {
        context.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {
                "sound; true; EVN||20261123; PID|||4711^^^MOH~88||Mokoena^Palesa; PV1||I; ''",
                "everything optional; true; EVN|A01|20261123; PID|1||4711^^M10^MOH||Mokoena^Palesa||19900101|F; PV1|1|I; AL1|1",
                "no EVN; false; ''; PID|||4711||Mokoena; PV1||I; ''",
                "no PV1; false; EVN||20261123; PID|||4711||Mokoena; ''; ''",
                "required field empty; false; EVN||20261123; PID|||||Mokoena; PV1||I; ''",
                "field that must be empty; false; EVN||20261123; PID||12|4711||Mokoena; PV1||I; ''",
                "too many repetitions; false; EVN||20261123; PID|||1~2~3||Mokoena; PV1||I; ''",
                "required component empty; false; EVN||20261123; PID|||^^^MOH||Mokoena; PV1||I; ''",
                "component that must be empty; false; EVN||20261123; PID|||4711^9||Mokoena; PV1||I; ''",
                "component too long; false; EVN||20261123; PID|||471147114||Mokoena; PV1||I; ''",
                "subcomponent required; false; EVN||20261123; PID|||4711^^^&1.2||Mokoena; PV1||I; ''",
                "not the constant; false; EVN||20261123; PID|||4711||Mokoena|||M; PV1||I; ''",
                "field beyond the profile; false; EVN||20261123; PID|||4711||Mokoena|||F|Alias; PV1||I; ''",
                "required where known and not known; true; EVN||20261123; PID|||4711||Mokoena|||F; PV1||I; ''",
                "too many segments; false; EVN||20261123; PID|||4711||Mokoena; PV1||I; AL1|1\\rAL1|2\\rAL1|3",
                "as many as may be; true; EVN||20261123; PID|||4711||Mokoena; PV1||I; AL1|1\\rAL1|2",
                "required field of an optional segment; false; EVN||20261123; PID|||4711||Mokoena; PV1||I; AL1||DA",
                "segment that must not be there; false; EVN||20261123; PID|||4711||Mokoena; PV1||I; DG1|1",
                "segment that the profile does not list; false; EVN||20261123; PID|||4711||Mokoena; PV1||I; ACC|20261101"
            })
    void shouldJudgeAsHapiDoes(String what, boolean good, String evn, String pid, String pv1, String more)
            throws Exception {
        StringBuilder message = new StringBuilder(HEADER).append('\r');
        for (String segment : new String[] {evn, pid, pv1, more.replace("\\r", "\r")}) {
            message.append(segment).append(segment.isEmpty() ? "" : "\r");
        }
        HL7Exception[] hapi = new DefaultValidator(context)
                .validate(context.getPipeParser().parse(message.toString()), document.getMessage());
        List<String> own =
                rehearsal.receive("ehr", message.toString().getBytes(StandardCharsets.UTF_8), 0).findings().stream()
                        .filter(finding -> finding.startsWith("error"))
                        .toList();

        assertThat(hapi.length == 0).as("HAPI: %s", Arrays.toString(hapi)).isEqualTo(good);
        assertThat(own.isEmpty()).as("the imported profile: %s", own).isEqualTo(good);
    }

    @Test
    void shouldNameItselfInFindings() {
        List<String> findings = rehearsal
                .receive("ehr", (HEADER + "\rEVN||20261123\rPID|||4711||Mokoena\r").getBytes(StandardCharsets.UTF_8), 0)
                .findings();

        assertThat(findings).anyMatch(finding -> finding.startsWith("error adt-a01-admission-at-mafeteng usage"));
    }
}
