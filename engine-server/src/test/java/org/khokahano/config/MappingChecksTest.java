package org.khokahano.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong in a mapping file is told with its place and with what to do. */
@Tag("unit")
class MappingChecksTest {
    private static final String ENGINE = """
            engine: checks
            listeners:
              in: {mllp: {port: 0}}
            destinations:
              out: {mllp: {host: 127.0.0.1, port: 2576}}
            routes:
              all: {from: [in], map: [a.yaml], to: [out]}
            """;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '#', textBlock = """
                    - {sett: PID-5, to: x}                      # 3:4 # there is no step 'sett' # did you mean 'set'?
                    - {set: PID-55, to: x}                      # 3:9 # PID-55 does not exist in any version of HL7 # PID has 40 fields
                    - {set: PDI-5, to: x}                       # 3:9 # there is no segment PDI in any version of HL7 # did you mean
                    - {set: PID5, to: x}                        # 3: # is not a path of a message # did you mean 'PID-5'?
                    - {set: PID-5, form: PID-6}                 # 3:16 # 'form' is not a key of set # did you mean 'from'?
                    - {set: PID-5}                              # 3:3 # one of 'to', 'from' and 'value' is needed # say what is written
                    - {set: PID-5, to: x, from: PID-6}          # 3:23 # only one of 'to', 'from' and 'value' is written # remove the others
                    - {convert: {to: 2.6}}                      # 3:18 # '2.6' is not 2.3 or 2.5.1 # no other versions are made
                    - {set: PID-5, from: PID-6, as: uper}       # 3:33 # there is no function 'uper' # did you mean 'upper'?
                    - {set: PID-5, from: PID-6, as: "pad(x)"}   # 3:38 # 'x' is not a number from 1 to 10000 #
                    - {set: PID-5, from: PID-6, as: date(a, b)} # 3: # a comma inside of {...} ends the value # quotes
                    - {set: PID-5, value: "msg.typ"}            # 3:2 # there is no 'msg.typ' # did you mean 'msg.type'?
                    - {when: "msg.type = 'A'", do: []}          # 3: # '=' is no operator #
                    - {each: ORDER_OBSERVATIONS, do: []}        # 3:10 # no message structure has a group ORDER_OBSERVATIONS # did you mean 'ORDER_OBSERVATION'?
                    - {call: b.yaml}                            # 3:10 # there is no mapping file 'b.yaml' # relative
                    - {call: a.yaml}                            # 3:10 # the mapping calls itself # take the call out
                    - {run: nothing}                            # 3:9 # there is no step 'nothing' in Java #
                    - {set: PID-5, from: PID-6, as: "extract('(')"} # 3:42 # not a regular expression # RE2
                    - {set: PID-5.77, to: x}                    # 3:15 # PID-5.77 does not exist in any version of HL7 # PID-5 is an XPN, which has 15 components
                    - {set: "PID-3[2].4.9", to: x}              # 3:21 # PID-3.4.9 does not exist in any version of HL7 # PID-3.4 is an HD, which has 3 subcomponents
                    - {set: PID-8, from: PV1-44.5}              # 3:29 # PV1-44.5 does not exist in any version of HL7 # which has
                    - {set: PID-8, value: "msg['OBX-8.99']"}    # 3:35 # OBX-8.99 does not exist in any version of HL7 # which has
                    - {when: "msg.event in ['R01', 'S99']", do: []} # 3:33 # HL7 has no trigger event S99 # did you mean 'S
                    - {when: "received.type == 'ADTT'", do: []} # 3:29 # HL7 has no message type ADTT # did you mean 'ADT'?
                    - {when: "'ORU_R99' != msg['MSH-9.3']", do: []} # 3:12 # HL7 has no message structure ORU_R99 # did you mean 'ORU_R
                    """)
    void shouldTellThePlaceAndWhatToDo(String step, String place, String message, String hint) throws IOException {
        assertThat(problems("mapping: a\nsteps:\n" + step + "\n")).anySatisfy(problem -> {
            assertThat(problem).startsWith("a.yaml:" + place).contains(message);
            assertThat(problem).contains(hint == null ? "" : hint);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', textBlock = """
                    - {set: OBX-5.77.9, to: x}
                    - {set: MFE-4.12, to: x}
                    - {set: PV1-2.4, to: x}
                    - {set: PID-3.4.2, to: x}
                    - {set: PID-7.1, to: x}
                    - {set: MSH-9.3, to: x}
                    - {set: ZPD-1.99.99, to: x}
                    - {when: "msg.event in ['A01', 'Z77', 'ZZZ', ''] || msg.type == 'ZDT'", do: []}
                    - {when: "msg.structure in ['ADT_A01', 'ADT_Z01', 'ZZZ'] || msg.type != 'CNQ'", do: []}
                    """)
    void shouldSayNothingOfWhatSomeVersionOrASiteHas(String step) throws IOException {
        assertThat(problems("mapping: a\nsteps:\n" + step + "\n")).isEmpty();
    }

    @Test
    void shouldWarnOfAComponentThatOnlyOtherVersionsHave() throws IOException {
        assertThat(problems(
                        "mapping: a\nto: {type: ADT^A01^ADT_A01, version: 2.5.1}\nsteps: [{set: PV1-2.4, to: x}]\n"))
                .singleElement()
                .asString()
                .isEqualTo("a.yaml:3:21 PV1-2.4 does not exist in HL7 2.5.1;"
                        + " PV1-2 is an IS, which has no components; HL7 2.7 has it");
    }

    @Test
    void shouldWarnOfEventsAndTypesThatAreMade() throws IOException {
        assertThat(problems("mapping: a\nto: {type: ORU^R99^ORU_R01, version: 2.5.1}\nsteps: []\n"))
                .singleElement()
                .asString()
                .startsWith("a.yaml:2:16 HL7 has no trigger event R99; events of ORU: R01, R03");
        assertThat(problems("mapping: a\nto: {type: OXU^R01^ORU_R01}\nsteps: []\n"))
                .singleElement()
                .asString()
                .startsWith("a.yaml:2:12 HL7 has no message type OXU; did you mean '");
    }

    @Test
    void shouldKnowTheFieldsOfTheVersionThatIsMade() throws IOException {
        assertThat(problems("mapping: a\nto: {type: ADT^A01^ADT_A01, version: 2.3}\nsteps: [{set: PID-31, to: x}]\n"))
                .singleElement()
                .asString()
                .contains("3:15 PID-31 does not exist in HL7 2.3; PID has 30 fields");
    }

    @Test
    void shouldKnowTheStructuresOfAVersion() throws IOException {
        assertThat(problems("mapping: a\nto: {type: OML^O21^OML_O12, version: 2.5.1}\nsteps: []\n"))
                .singleElement()
                .asString()
                .contains("there is no message structure OML_O12 in HL7 2.5.1; did you mean 'OML_O21'?");
    }

    @Test
    void shouldWarnOfStepsThatAreNeverReached() throws IOException {
        assertThat(problems("mapping: a\nsteps:\n- {drop: true, reason: x}\n- {set: PID-8, to: F}\n"))
                .singleElement()
                .asString()
                .contains("4:9 this step is never reached");
    }

    @Test
    void shouldRefuseToSplitInsideEachOnly() throws IOException {
        assertThat(problems("mapping: a\nsteps:\n- {each: PID, do: [{when: 'true', do: [{split: OBR}]}]}\n"))
                .singleElement()
                .asString()
                .contains("a message is not split inside 'each'", "move 'split' out");
        assertThat(problems("mapping: a\nsteps:\n- {when: 'true', do: [{split: OBR}], else: [{split: OBX}]}\n"))
                .isEmpty();
        Files.writeString(directory.resolve("b.yaml"), "mapping: b\nsteps:\n- {when: 'true', do: [{split: OBR}]}\n");
        assertThat(problems("mapping: a\nsteps:\n- {call: b.yaml}\n")).isEmpty();
        assertThat(problems("mapping: a\nsteps:\n- {each: PID, do: [{call: b.yaml}]}\n"))
                .singleElement()
                .asString()
                .contains("cannot be called inside 'each'");
    }

    @Test
    void shouldCheckTheExpressionOfAControlId() throws IOException {
        assertThat(problems("mapping: a\nsteps:\n- {split: OBR, controlId: sufix}\n"))
                .singleElement()
                .asString()
                .contains("'sufix'");
    }

    @Test
    void shouldRefuseTheSameNameInTwoFiles() throws IOException {
        Files.writeString(directory.resolve("b.yaml"), "mapping: a\nsteps: []\n");

        assertThat(problems("mapping: a\nsteps:\n- {call: b.yaml}\n"))
                .singleElement()
                .asString()
                .startsWith("b.yaml:1:10 the mapping 'a' of b.yaml has the name of that in a.yaml");
    }

    @Test
    void shouldWarnOfTwoRowsWithOneTargetThatAreLookedUpBackwards() throws IOException {
        Files.writeString(
                directory.resolve("loinc.csv"),
                "code,target,system,targetSystem\nHB,718-7,L,LN\nHCT,20570-8,L,LN\nHGB,718-7,L,LN\nHX,718-7,L,XX\n");
        String table = "tables: {loinc: {file: loinc.csv}}\n";
        assertThat(problems(table, "- {translate: OBX-3, table: loinc, reverse: true}"))
                .singleElement()
                .asString()
                .startsWith("a.yaml:3:29 looked up backwards, two rows fit the target '718-7': loinc.csv:2 ('HB')"
                        + " and loinc.csv:4 ('HGB'); neither is chosen");
        assertThat(problems(table, "- {translate: OBX-3, table: loinc}")).isEmpty();
    }

    @Test
    void shouldNotWarnOfRowsThatNeverMeet() throws IOException {
        Files.writeString(
                directory.resolve("loinc.csv"),
                "code,target,targetSystem,from,until\nHB,718-7,LN,,2025-12-31\nHGB,718-7,LN,2026-01-01,\n"
                        + "X,718-7,XX,,\nY,,,,\nZ,,,,\n");
        String table = "tables: {loinc: {file: loinc.csv}}\n";
        assertThat(problems(table, "- {translate: OBX-3, table: loinc, reverse: true}"))
                .isEmpty();
        assertThat(problems(table, "- {translate: OBX-3.1, table: loinc, reverse: true}"))
                .hasSize(1);
    }

    @Test
    void shouldTellATripletWithoutAPlace() throws IOException {
        Files.writeString(directory.resolve("t.csv"), "code,target,targetSystem\nM,male,X\n");
        Files.writeString(directory.resolve("plain.csv"), "code,target\nM,male\n");
        String table = "tables: {t: {file: t.csv}, plain: {file: plain.csv}}\n";
        assertThat(problems(table, "- {when: \"table('plain').has('M')\", do: [{translate: PID-8, table: t}]}"))
                .singleElement()
                .asString()
                .isEqualTo("a.yaml:3:54 the table says code, text and coding system, and PID-8 is no coded element: IS"
                        + " in HL7 2.5.1; write 'as: code', or name the component that the code is: PID-8.1");
        assertThat(problems(table, "- {translate: PID-7, table: t}\n- {translate: PID-3, table: plain}"))
                .singleElement()
                .asString()
                .startsWith("a.yaml:3:15 the table says")
                .contains("no coded element: TS");
        assertThat(problems(
                        table,
                        "- {translate: PID-8, table: plain}\n- {translate: PID-8, table: t, as: code}\n"
                                + "- {translate: PID-8.1, table: t}\n- {translate: OBX-3, table: t}\n"
                                + "- {translate: OBX-5, table: t}\n- {translate: ZPD-5, table: t}"))
                .isEmpty();
    }

    private List<String> problems(String engine, String steps) throws IOException {
        return read(ENGINE + engine, "mapping: a\nsteps:\n" + steps + "\n");
    }

    private List<String> problems(String mapping) throws IOException {
        return read(ENGINE, mapping);
    }

    private List<String> read(String engine, String mapping) throws IOException {
        Files.writeString(directory.resolve("engine.yaml"), engine);
        Files.writeString(directory.resolve("a.yaml"), mapping);
        return ConfigurationReader.read(directory, name -> Optional.empty()).problems().stream()
                .map(problem -> problem.file() + ":" + problem.line() + ":" + problem.column() + " " + problem.message()
                        + "; " + problem.hint())
                .toList();
    }
}
