package org.khokahano.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.config.ConfigurationReader;
import org.khokahano.config.ConfigurationResult;
import org.khokahano.config.EngineConfig;
import org.khokahano.config.OnFinding;
import org.khokahano.config.ValidateConfig;
import org.khokahano.message.Message;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.route.Origin;
import org.khokahano.validation.Finding;
import org.khokahano.validation.Findings;
import org.khokahano.validation.ValidationPolicy;

/** Each kind of rule of a profile, from its YAML to what it finds. */
@Tag("unit")
class ProfileRulesTest {
    private static final Origin ORIGIN = new Origin("in", "QMMH", 1_790_000_000_000L);
    private static final String ADMISSION = """
            MSH|^~\\&|EHR|QMMH|HUB||20261103081500||ADT^A01^ADT_A01|1|P|2.5.1
            EVN|A01|20261103081500
            PID|1||Q042117^^^QMMH&1.2.3&ISO^MR~LS-0042117^^^MOH^NI||Mokoena^Palesa||19900412|F
            PV1|1|I
            """;
    private static final String RESULT = """
            MSH|^~\\&|LIS|NRL|HUB||20261104140000||ORU^R01^ORU_R01|1|P|2.5.1
            PID|1||Q042117^^^QMMH^MR||Mokoena^Palesa
            ORC|RE|4
            OBR|1|4|F1|HIVVL||||||||||||||||||||MB|F
            OBX|1|NM|HIVVL||40|copies/mL|||||F
            OBX|2|NM|HIVVLLOG||1.60||||||F
            ORC|RE|5
            OBR|2|5|F2|CREA|||||||||||||||||||||P
            OBX|1|ST|CREA||low||||||X
            """;

    @TempDir
    private Path directory;

    @Test
    void shouldTellOfWhatIsRequiredAndOfWhatMustNotBeUsed() throws Exception {
        String rules = "PID: {fields: {5: {usage: R}, 9: {name: Alias, usage: R}, 8: {usage: X}, 10: {usage: RE},"
                + " 3: {components: {1: {usage: R}, 2: {usage: R}, 4: {subcomponents: {2: {usage: X}, 3: {usage: R}}}}}}}";

        assertThat(inAdmission(rules))
                .containsExactly(
                        "error a usage at PID-3.2",
                        "error a usage at PID-3.4.2",
                        "error a usage at PID-3[2].2",
                        "error a usage at PID-3[2].4.3",
                        "error a usage at PID-8",
                        "error a usage at PID-9");
    }

    @Test
    void shouldAskTheSameSegmentOnConditionalUsage() throws Exception {
        String rules = "OBX: {fields: {6: {usage: \"C(R/X)\", when: \"msg['OBX-2'] == 'NM'\"},"
                + " 14: {usage: \"C(R/O)\", when: \"msg['OBR-25'] == 'P'\"}}}";

        assertThat(inResult(rules)).containsExactly("error a usage at OBX[2]-6", "error a usage at OBX[3]-14");
    }

    @Test
    @DisplayName("OBX-5 has the rules of the type in OBX-2 and those of the profile")
    void shouldCheckPartsOfAFieldThatAnotherFieldTypes() throws Exception {
        String coded = RESULT.replace("OBX|2|NM|HIVVLLOG||1.60", "OBX|2|CE|HIVVLLOG||LOW^Low");
        String rules = "segments: {OBX: {fields: {5: {components: {1: {pattern: \"[0-9]+|low\"}, 2: {usage: \"C(R/O)\","
                + " when: \"msg['OBX-2'] == 'CE'\"}, 3: {usage: \"C(R/O)\", when: \"msg['OBX-2'] == 'CE'\"}}}}}}";

        assertThat(find(rules, coded, "ORU^R01"))
                .containsExactly("error a pattern at OBX[2]-5.1", "error a usage at OBX[2]-5.3");
    }

    @Test
    @DisplayName(
            "A condition on a segment or group is asked from the group that it belongs to, not of the first of all")
    void shouldAskOfEachGroupWhatItMayHold() throws Exception {
        String groups = "groups: {PATIENT_RESULT: {groups: {ORDER_OBSERVATION: {groups: {"
                + "OBSERVATION: {segments: {NTE: {usage: \"C(R/X)\", when: \"msg['OBX-11'] == 'X'\"}}},"
                + " SPECIMEN: {usage: \"C(R/O)\", when: \"msg['OBR-25'] == 'P'\"}}}}}}";
        String right = RESULT + "NTE|1||no result\nSPM|1|||BLD\n";

        assertThat(find(groups, right, "ORU^R01")).isEmpty();
        assertThat(find(groups, RESULT, "ORU^R01"))
                .containsExactly("error a usage at ORC[2]", "error a usage at OBX[3]");
        String first = right.replace("F\nOBX|2", "F\nNTE|1||a note where none may be\nOBX|2");
        assertThat(find(groups, first, "ORU^R01")).containsExactly("error a usage at NTE");
    }

    @Test
    @DisplayName("A condition on an extra segment is asked of each segment that it may follow")
    void shouldAskOfEachSegmentWhatMayFollowIt() throws Exception {
        String rules = "extraSegments: {ZOB: {after: OBX, usage: \"C(R/X)\", when: \"msg['OBX-11'] == 'X'\"}}";
        String right = RESULT + "ZOB|1\n";

        assertThat(find(rules, right, "ORU^R01")).isEmpty();
        assertThat(find(rules, RESULT, "ORU^R01")).containsExactly("error a usage at ZOB");
        String first = right.replace("F\nOBX|2", "F\nZOB|1\nOBX|2");
        assertThat(find(rules, first, "ORU^R01")).containsExactly("error a usage at ZOB");
    }

    @Test
    void shouldCountRepetitions() throws Exception {
        assertThat(inAdmission("PID: {fields: {3: {cardinality: \"1..1\"}, 5: {cardinality: \"2..3\"}}}"))
                .containsExactly("error a cardinality at PID-3", "error a cardinality at PID-5");
        assertThat(inAdmission("PID: {fields: {3: {cardinality: \"1..2\"}, 9: {cardinality: \"1..*\"}}}"))
                .containsExactly("error a usage at PID-9");
    }

    @Test
    @DisplayName("A length counts characters: neither delimiters nor the letters of an escape")
    void shouldCountCharacters() throws Exception {
        assertThat(
                        inAdmission(
                                "PID: {fields: {5: {length: \"1..12\", components: {1: {length: \"1..6\"}, 2: {length: \"7..*\"}}}}}"))
                .containsExactly(
                        "warning a length at PID-5", "warning a length at PID-5.1", "warning a length at PID-5.2");
        assertThat(find(
                        "PID: {fields: {5: {length: \"1..9\"}}}",
                        ADMISSION.replace("Mokoena^Palesa", "A\\T\\B^Palesa")))
                .isEmpty();
    }

    @Test
    void shouldMatchTheWholeValueAgainstAPattern() throws Exception {
        assertThat(inAdmission(
                        "PID: {fields: {3: {pattern: \"Q[0-9]{6}\"}, 7: {pattern: \"[0-9]{4}\"}, 9: {pattern: x}}}"))
                .containsExactly("error a pattern at PID-3[2]", "error a pattern at PID-7");
    }

    @Test
    @DisplayName("HL7's null breaks no rule of values, and counts as something that is there")
    void shouldLetHl7sNullPass() throws Exception {
        String rules =
                "PID: {fields: {8: {usage: R, length: \"1..1\", pattern: \"[FM]\", constant: F, table: \"0001\"}}}";

        assertThat(find(rules, ADMISSION.replace("|F\n", "|\"\"\n"))).isEmpty();
    }

    @Test
    void shouldCompareWithConstants() throws Exception {
        assertThat(inAdmission("PID: {fields: {8: {constant: M}}}\n  PV1: {fields: {2: {constant: [I, O]}}}"))
                .containsExactly("error a constant at PID-8");
    }

    @Test
    void shouldLookCodesUpInValueSetsCodeTablesAndTablesOfHl7() throws Exception {
        String rules = """
                PID: {fields: {8: {table: own}, 3: {components: {5: {table: soft}}}}}
                  PV1: {fields: {2: {table: wards, strength: preferred}, 1: {table: \"0001\", severity: warning}}}
                valueSets: {own: {codes: {M: Male}}, soft: {codes: [NI], strength: extensible}}""";

        assertThat(inAdmission(rules))
                .containsExactly(
                        "error a binding at PID-8",
                        "warning a binding at PID-3.5",
                        "warning a binding at PV1-1",
                        "information a binding at PV1-2");
    }

    @Test
    void shouldCheckTheTypeThatIsExpected() throws Exception {
        assertThat(inAdmission("PID: {fields: {1: {type: NM}, 5: {components: {1: {type: NM}}}, 8: {type: DT}}}"))
                .containsExactly("error a dataType at PID-5.1", "error a dataType at PID-8");
    }

    @Test
    void shouldCheckARepetitionByTheFirstSliceThatItBelongsTo() throws Exception {
        String slices = "PID: {fields: {3: {slices: ["
                + "{name: national, where: \"msg['PID-3.5'] == 'NI'\", cardinality: \"2..2\","
                + " components: {1: {pattern: \"[0-9]+\"}, 3: {usage: R}}},"
                + "{name: others, where: \"true\", cardinality: \"0..0\"}]}}}";

        assertThat(inAdmission(slices))
                .containsExactly(
                        "error a pattern at PID-3[2].1",
                        "error a usage at PID-3[2].3",
                        "error a slice national at PID-3",
                        "error a slice others at PID-3");
    }

    @Test
    @DisplayName("A slice may be one repetition by its number, empty ones before it counted")
    void shouldCheckTheRepetitionOfANumber() throws Exception {
        String slices = "PID: {fields: {3: {slices: ["
                + "{name: first, repetition: 1, components: {5: {constant: NI}}},"
                + "{name: third, repetition: 3, cardinality: \"1..1\"},"
                + "{name: others, where: \"true\", components: {5: {constant: MR}}}]}}}";

        assertThat(inAdmission(slices))
                .containsExactly(
                        "error a constant at PID-3.5",
                        "error a constant at PID-3[2].5",
                        "error a slice third at PID-3");
        assertThat(find(slices, ADMISSION.replace("Q042117^^^QMMH&1.2.3&ISO^MR~LS", "~~LS")))
                .isEmpty();
    }

    @Test
    @DisplayName("A segment has the rules of the first slice that it belongs to over those of all of its name")
    void shouldCheckASegmentByTheFirstSliceThatItBelongsTo() throws Exception {
        String slices = "OBX: {fields: {6: {usage: X}, 8: {usage: R}}, slices: ["
                + "{name: viral load, where: \"msg['OBX-3'] == 'HIVVL'\", fields: {6: {usage: R}, 2: {constant: ST}}},"
                + "{name: preliminary, where: \"msg['OBR-25'] == 'P'\", fields: {8: {usage: O}, 17: {usage: R}}},"
                + "{name: also, where: \"msg['OBX-3'] == 'HIVVL'\", fields: {1: {constant: '9'}}}]}";

        assertThat(inResult(slices))
                .containsExactly(
                        "error a constant at OBX-2",
                        "error a usage at OBX-8",
                        "error a usage at OBX[2]-8",
                        "error a usage at OBX[3]-17");
        assertThat(find(
                        "groups: {PATIENT_RESULT: {groups: {ORDER_OBSERVATION: {groups: {OBSERVATION: {segments: {"
                                + slices + "}}}}}}}",
                        RESULT,
                        "ORU^R01"))
                .hasSize(4);
    }

    @Test
    @DisplayName("A layer below refines a slice of segments by its name, and adds others behind it")
    void shouldRefineSlicesOfSegments() throws Exception {
        Files.writeString(directory.resolve("upper.yaml"), """
                profile: upper
                for: {types: [ORU^R01]}
                segments: {OBX: {slices: [{name: loads, where: "msg['OBX-3'].startsWith('HIV')", fields: {8: {usage: R}, 6: {usage: R}}}]}}
                """);
        String lower = """
                profile: a
                extends: [upper.yaml]
                segments: {OBX: {fields: {14: {usage: R}}, slices: [{name: loads, where: "msg['OBX-3'] == 'HIVVLLOG'", fields: {6: {usage: X}}}, {name: rest, where: "true", fields: {14: {usage: O}}}]}}
                """;

        assertThat(found(lower, RESULT, ""))
                .containsExactly("error upper usage at OBX[2]-8", "error a usage at OBX[2]-14");
    }

    @Test
    void shouldCountSegmentsAndGroups() throws Exception {
        assertThat(find(
                        "groups: {PATIENT_RESULT: {groups: {ORDER_OBSERVATION: {cardinality: \"0..1\","
                                + " segments: {ORC: {usage: X}, NTE: {usage: R}}}}}}",
                        RESULT,
                        "ORU^R01"))
                .containsExactly(
                        "error a cardinality at ORC[2]",
                        "error a usage at ORC",
                        "error a usage at ORC[2]",
                        "error a usage at ORC",
                        "error a usage at ORC[2]");
        assertThat(inAdmission("PV2: {usage: R}\n  PV1: {usage: \"C(X/R)\", when: \"msg['PID-8'] == 'F'\"}"))
                .containsExactly("error a usage at PV1", "error a usage at the message");
    }

    @Test
    @DisplayName("What is said within a group goes before what is said of the segment everywhere")
    void shouldTellPlacesOfASegmentApart() throws Exception {
        String notes = RESULT.replace("ORC|RE|4", "NTE|1|P|about the patient\nORC|RE|4")
                .replace("OBX|2", "NTE|1|L|about the value\nOBX|2");
        String rules = """
                segments: {NTE: {fields: {2: {constant: P}, 4: {usage: R}}}}
                groups:
                  PATIENT_RESULT:
                    groups:
                      ORDER_OBSERVATION: {groups: {OBSERVATION: {segments: {NTE: {fields: {2: {constant: L}}}}}}}
                """;

        assertThat(find(rules, notes, "ORU^R01"))
                .containsExactly("error a usage at NTE-4", "error a usage at NTE[2]-4");
    }

    @Test
    void shouldAskForSegmentsThatHl7DoesNotHave() throws Exception {
        String rules = "extraSegments: {ZPD: {after: PID, usage: R, cardinality: \"1..1\","
                + " fields: {1: {usage: R}, 2: {length: \"1..3\"}}}}";

        assertThat(find(rules, ADMISSION, "ADT")).containsExactly("error a usage at ZPD");
        assertThat(find(rules, ADMISSION.replace("PV1|", "ZPD||long\nZPD|x\nPV1|"), "ADT"))
                .containsExactly(
                        "error a usage at ZPD-1", "error a cardinality at ZPD[2]", "warning a length at ZPD-2");
        assertThat(find(rules, ADMISSION + "ZPD|x\n", "ADT"))
                .containsExactly("error a place at ZPD", "error a usage at ZPD[2]");
    }

    @Test
    void shouldAskForEachSegmentRepetitionAndGroup() throws Exception {
        String rules = """
                rules:
                  - {id: ONE, require: "msg['OBR-25'] == 'P'", at: OBR-25}
                  - {id: SEG, each: OBX, where: "msg['OBX-2'] == 'NM'", require: "msg['OBX-6'] != ''", at: OBX-6, severity: warning}
                  - {id: GROUP, each: ORDER_OBSERVATION, require: "msg.all('OBX-11').all(code, code == 'F')", at: OBR-25}
                  - {id: NOT, when: "msg.type == 'ADT'", require: "false"}
                  - {id: LIST, require: "msg.all('NTE-3')[0] == 'x'"}
                """;

        assertThat(find(rules, RESULT, "ORU^R01"))
                .containsExactly(
                        "error a ONE at OBR-25",
                        "error a GROUP at OBR[2]-25",
                        "warning a SEG at OBX[2]-6",
                        "warning a LIST at the message");
        assertThat(find("rules: [{id: REP, each: PID-3, require: \"msg['PID-3.5'] == 'MR'\"}]", ADMISSION, "ADT"))
                .containsExactly("error a REP at PID-3[2]");
    }

    @Test
    @DisplayName("Segments that a condition is true of are counted in the message or in each group")
    void shouldCountTheSegmentsThatMatch() throws Exception {
        String rules = """
                rules:
                  - {id: ALL, count: OBX, cardinality: "0..2"}
                  - {id: ONE, each: ORDER_OBSERVATION, where: "msg['OBR-4'] != ''", count: OBX, matching: "msg['OBX-2'] == 'NM' && msg['OBX-11'] == 'F'", cardinality: "1..1", at: OBX-2}
                  - {id: NEAR, count: OBX, matching: "msg['OBR-25'] == 'P'", cardinality: "0..0", severity: warning}
                  - {id: NOT, when: "msg.type == 'ADT'", count: NTE, cardinality: "1..*"}
                  - {id: NONE, each: ORDER_OBSERVATION, where: "msg['OBR-4'] == 'CREA'", count: NTE, cardinality: "2..*"}
                """;

        assertThat(find(rules, RESULT, "ORU^R01"))
                .containsExactly(
                        "error a ALL at OBX[3]",
                        "error a ONE at OBX[2]-2",
                        "error a ONE at ORC[2]",
                        "error a NONE at ORC[2]",
                        "warning a NEAR at OBX[3]");
    }

    @Test
    @DisplayName("Where the condition of a segment fails, that is told, and not that there are too few")
    void shouldNotCountWhatIsUncertain() throws Exception {
        String rule = "rules: [{id: C, count: OBX, matching: \"msg.all('NTE-3')[0] == 'x'\", cardinality: \"1..*\"}]";

        assertThat(find(rule, RESULT, "ORU^R01"))
                .containsExactly("warning a C at OBX", "warning a C at OBX[2]", "warning a C at OBX[3]");
    }

    @Test
    @DisplayName("A layer below may ask for less than the one above, and than HL7")
    void shouldLetALowerLayerRelaxWhatAnUpperOneDemands() throws Exception {
        Files.writeString(directory.resolve("upper.yaml"), """
                profile: upper
                for: {types: [ADT]}
                segments:
                  PID: {fields: {9: {usage: R, pattern: x}, 5: {components: {3: {usage: R}}}, 8: {table: sexes}, 19: {usage: R}}}
                  PV1: {fields: {2: {constant: O}}}
                  PV2: {usage: R}
                rules: [{id: UP-1, require: "false"}]
                valueSets: {sexes: {codes: [M]}}
                """);
        String lower = """
                profile: a
                extends: [upper.yaml]
                segments:
                  PID: {fields: {9: {usage: O}, 5: {usage: O, components: {3: {usage: RE}}}, 8: {table: sexes, severity: "off"}}}
                  PV1: {fields: {2: {constant: [O, E]}}}
                  PV2: {usage: O}
                rules: [{id: UP-1, severity: "off"}]
                """;

        assertThat(found(lower, ADMISSION.replace("Mokoena^Palesa", ""), "structure: error"))
                .containsExactly("error upper usage at PID-19", "error a constant at PV1-2");
    }

    @Test
    @DisplayName("A layer below softens a rule of one above by its id alone, over a layer between that moved its place")
    void shouldRefineARuleByItsIdAlone() throws Exception {
        Files.writeString(directory.resolve("upper.yaml"), """
                profile: upper
                for: {types: [ADT]}
                rules:
                  - {id: UP-1, when: "msg.event == 'A01'", require: "msg['PID-8'] == 'X'", at: PID-8, text: never so}
                  - {id: UP-2, require: "false", at: PID-7}
                """);
        Files.writeString(directory.resolve("between.yaml"), """
                profile: between
                extends: [upper.yaml]
                rules: [{id: UP-1, at: PID-9}]
                """);
        String lower = """
                profile: a
                extends: [between.yaml]
                rules: [{id: UP-1, severity: warning}]
                """;

        assertThat(found(lower, ADMISSION, "structure: error"))
                .containsExactlyInAnyOrder("warning a UP-1 at PID-9", "error upper UP-2 at PID-7");
    }

    @Test
    void shouldCountForTheMessagesThatItIsAbout() throws Exception {
        String rules = "segments: {PID: {fields: {9: {usage: R}}}}\n";

        assertThat(found("profile: a\nfor: {types: [ADT^A02, ORU]}\n" + rules, ADMISSION, ""))
                .isEmpty();
        assertThat(found("profile: a\nfor: {types: [ADT], version: [\"2.3\", \"2.4\"]}\n" + rules, ADMISSION, ""))
                .isEmpty();
        assertThat(found("profile: a\nfor: {types: [ADT], profileId: LAB-1}\n" + rules, ADMISSION, ""))
                .isEmpty();
        String declared = ADMISSION.replace("2.5.1\n", "2.5.1|||||||||X~LAB-1^IHE\n");
        assertThat(found("profile: a\nfor: {types: [ADT], profileId: LAB-1}\n" + rules, declared, ""))
                .containsExactly("error a usage at PID-9");
    }

    @Test
    @DisplayName("Every condition takes from the budget, the more the more of a message it reads")
    void shouldEndWhereTheBudgetIsSpent() throws Exception {
        String rule =
                "rules: [{id: EACH, each: OBX, require: \"received.all('OBX-3').exists(code, code == 'HIVVL')\"}]";
        String large = RESULT + "OBX|2|NM|X||1\n".repeat(2_000);
        ValidationPolicy policy = policy("profile: a\nfor: {types: [ORU]}\n" + rule, "");

        Findings findings = policy.judge(message(large), ORIGIN).findings();

        assertThat(findings.cutShort()).isTrue();
    }

    private List<String> inAdmission(String segments) throws IOException, UnreadableMessageException {
        return find("segments:\n  " + segments, ADMISSION, "ADT");
    }

    private List<String> inResult(String segments) throws IOException, UnreadableMessageException {
        return find("segments:\n  " + segments, RESULT, "ORU^R01");
    }

    private List<String> find(String segments, String message) throws IOException, UnreadableMessageException {
        return find("segments:\n  " + segments, message, "ADT");
    }

    private List<String> find(String rules, String message, String type)
            throws IOException, UnreadableMessageException {
        return found("profile: a\nfor: {types: [" + type + "]}\n" + rules, message, "");
    }

    private List<String> found(String profile, String message, String levels)
            throws IOException, UnreadableMessageException {
        return policy(profile, levels).judge(message(message), ORIGIN).findings().list().stream()
                .map(ProfileRulesTest::words)
                .toList();
    }

    private static String words(Finding finding) {
        return finding.severity().name().toLowerCase(Locale.ROOT) + " " + finding.layer() + " " + finding.rule()
                + " at " + finding.place();
    }

    private ValidationPolicy policy(String profile, String levels) throws IOException {
        String standard = levels.isEmpty() ? "structure: \"off\"" : levels;
        Files.writeString(directory.resolve("a.yaml"), profile);
        Files.writeString(directory.resolve("wards.csv"), "code,target\nMED,M\n");
        Files.writeString(
                directory.resolve("engine.yaml"),
                "engine: test\ntables: {wards: {file: wards.csv}}\nvalidation: {set: {" + standard
                        + ", dataTypes: \"off\", lengths: \"off\", tables: \"off\", profiles: [a.yaml]}}\n");
        ConfigurationResult result = ConfigurationReader.read(directory, name -> Optional.empty());
        EngineConfig config = result.config()
                .orElseThrow(() -> new AssertionError(result.problems().toString()));
        ValidateConfig validate = new ValidateConfig("set", OnFinding.REJECT, OnFinding.WARN, OnFinding.IGNORE);
        return Objects.requireNonNull(new ValidationAssembly(config).policy(Optional.of(validate)));
    }

    private static Message message(String text) throws UnreadableMessageException {
        return Message.read(text.replace('\n', '\r').getBytes(StandardCharsets.US_ASCII));
    }
}
