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
                    - {set: PID-5}                              # 3:3 # there is one of 'to', 'from' and 'value' # say what is written
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
                    """)
    void shouldTellThePlaceAndWhatToDo(String step, String place, String message, String hint) throws IOException {
        assertThat(problems("mapping: a\nsteps:\n" + step + "\n")).anySatisfy(problem -> {
            assertThat(problem).startsWith("a.yaml:" + place).contains(message);
            assertThat(problem).contains(hint == null ? "" : hint);
        });
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

    private List<String> problems(String mapping) throws IOException {
        Files.writeString(directory.resolve("engine.yaml"), ENGINE);
        Files.writeString(directory.resolve("a.yaml"), mapping);
        return ConfigurationReader.read(directory, name -> Optional.empty()).problems().stream()
                .map(problem -> problem.file() + ":" + problem.line() + ":" + problem.column() + " " + problem.message()
                        + "; " + problem.hint())
                .toList();
    }
}
