package org.khokahano.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
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

/** What is wrong in a profile is told with its place and with what to do. */
@Tag("unit")
class ProfileChecksTest {
    private static final String HEAD = "profile: a\nfor: {types: [ADT^A01, ORU^R01], version: \"2.5.1\"}\n";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '#', textBlock = """
                    segments: {PDI: {usage: R}}                        # 3:12 # there is no segment PDI in HL7 2.5.1 # did you mean 'P
                    segments: {ZPD: {usage: R}}                        # 3:12 # HL7 has no place for the segment ZPD # extraSegments
                    segments: {PID: {fields: {45: {usage: R}}}}        # 3:27 # PID-45 does not exist in HL7 2.5.1 # PID has 39 fields
                    segments: {PID: {fields: {x: {usage: R}}}}         # 3:27 # 'x' cannot be the name of a field # number from 1
                    segments: {PID: {usag: R}}                         # 3:18 # 'usag' is not a key of a segment # did you mean 'usage'?
                    segments: {PID: {usage: M}}                        # 3:25 # 'M' is not a usage # write R, RE, O or X
                    segments: {PID: {usage: "C(R/X)"}}                 # 3:18 # a conditional usage needs a condition # write 'when'
                    segments: {PID: {usage: R, when: "true"}}          # 3:28 # 'when' goes with a conditional usage # C(R/O)
                    segments: {PID: {cardinality: 2..1}}               # 3:31 # '2..1' is not a cardinality # "0..1"
                    segments: {PID: {usage: R, cardinality: 0..0}}     # 3:41 # what is required cannot be there 0 times # usage X
                    segments: {PID: {usage: X, cardinality: 1..1}}     # 3:41 # what must not be used # another usage
                    segments: {PID: {fields: {3: {components: {11: {usage: R}}}}}} # 3:44 # the data type CX has no part 11 # CX has 10 components
                    segments: {PID: {fields: {8: {components: {2: {usage: R}}}}}} # 3:44 # the data type IS has no part 2 # IS has no components
                    segments: {PID: {fields: {8: {table: sexes}}}}     # 3:38 # there is neither a value set nor a code table 'sexes' # valueSets
                    segments: {PID: {fields: {8: {table: "1"}}}}       # 3:38 # '1' is no table # "0001"
                    segments: {PID: {fields: {8: {table: "9999"}}}}    # 3:38 # HL7's table 9999 is not shipped # valueSets
                    segments: {PID: {fields: {8: {strength: required}}}} # 3:31 # how binding a table is # 'table'
                    segments: {PID: {fields: {8: {pattern: "["}}}}     # 3:40 # not a regular expression # RE2
                    segments: {PID: {fields: {8: {pattern: "([a-z]{1,90}){1,90}"}}}} # 3:40 # # smaller repetitions
                    segments: {PID: {fields: {8: {pattern: "[FM]", constant: X}}}} # 3:58 # does not have the form of 'pattern' # change
                    segments: {PID: {fields: {8: {length: 2..3, constant: X}}}} # 3:55 # which 'length' does not let in # change
                    segments: {PID: {fields: {8: {type: CXX}}}}        # 3:37 # no version of HL7 has a data type CXX # CX
                    segments: {PID: {fields: {8: {usage: "C(R/X)", when: "msg.typ == 'A'"}}}} # 3: # there is no 'msg.typ' # did you mean 'msg.type'?
                    segments: {PID: {fields: {8: {usage: "C(R/X)", when: "msg['PID-88'] == 'A'"}}}} # 3: # PID-88 does not exist # PID has 40 fields
                    segments: {PID: {fields: {3: {slices: [{name: a, where: "msg[PID-3] == 'A'"}]}}}} # 3:61 # a path in brackets is text #
                    groups: {ORDER: {usage: R}}                        # 3:10 # there is no group ORDER directly in the message # groups
                    groups: {PATIENT_RESULT: {segments: {OBR: {}}}}    # 3:38 # segment OBR does not stand directly in group PATIENT_RESULT #
                    groups: {PATIENT_RESULT: {groups: {ORDER_OBSERVATON: {}}}} # 3:36 # no group ORDER_OBSERVATON directly in group PATIENT_RESULT # did you mean 'ORDER_OBSERVATION'?
                    rules: [{id: A, when: "true"}]                     # 3:10 # the rule does not say what must be true # require
                    rules: [{id: A, require: "true", where: "true"}]   # 3:34 # 'where' chooses among what 'each' names # when
                    rules: [{id: A, severity: off}]                    # 3:14 # no profile that this one extends has a rule 'A' # remove it
                    rules: [{id: A, require: "true"}, {id: A, require: "true"}] # 3:40 # two rules of this profile have the id 'A' # its own
                    rules: [{id: A, require: "1 + 1"}]                 # 3: # not true or false # compare
                    rules: [{id: A, each: OBSERVATIONS, require: "true"}] # 3:23 # no message structure has a group OBSERVATIONS # did you mean 'OBSERVATION'?
                    rules: [{id: A, require: "true", at: PID5}]        # 3: # is not a path of a message # did you mean 'PID-5'?
                    segments: {PID: {fields: {3: {slices: [{name: a}]}}}} # 3:41 # says which repetitions belong to it in one way # write either 'where'
                    segments: {PID: {fields: {3: {slices: [{name: a, repetition: 0}]}}}} # 3:62 # is not a whole number from 1 to 999 #
                    rules: [{id: A, count: NTE}] # 3:17 # 'count' and 'cardinality' go together # cardinality:
                    rules: [{id: A, require: "true", matching: "true"}] # 3:34 # 'matching' chooses among what 'count' names # 'count'
                    rules: [{id: A, require: "true", count: NTE, cardinality: 0..1}] # 3:34 # a rule has either 'require' or 'count' # two rules
                    rules: [{id: A, each: OBX, count: NTE, cardinality: 0..1}] # 3:23 # segments are counted in the message or in a group # ORDER_OBSERVATION
                    rules: [{id: A, count: NTZ, cardinality: 0..1}] # 3:24 # no segment NTZ #
                    rules: [{id: A, count: NTE, matching: "1 + 1", cardinality: 0..1}] # 3: # not true or false # compare
                    segments: {OBX: {slices: [{name: a, where: "true", cardinality: 0..1}]}} # 3:52 # 'cardinality' is not a key of a slice of segments # count
                    segments: {OBX: {slices: [{name: a, where: "true"}, {name: a, where: "true"}]}} # 3:60 # two slices of this segment have the name 'a' # its own
                    segments: {OBX: {slices: [{name: a, where: "true", fields: {99: {usage: R}}}]}} # 3:61 # OBX-99 does not exist in HL7 2.5.1 # OBX has
                    extends: [b.yaml]                                  # 3:11 # there is no profile 'b.yaml' # relative
                    extends: [a.yaml]                                  # 3:11 # the profile extends itself: a.yaml -> a.yaml # take it out
                    valueSets: {sex: {codes: F}}                       # 3:26 # 'F' is not a list of codes # {F: Female
                    """)
    void shouldTellThePlaceAndWhatToDo(String line, String place, String message, String hint) throws IOException {
        assertThat(problems(HEAD + line + "\n")).anySatisfy(problem -> {
            assertThat(problem).startsWith("a.yaml:" + place);
            assertThat(problem).contains(message == null ? "" : message).contains(hint == null ? "" : hint);
        });
    }

    @Test
    void shouldTellOfTypesAndVersionsThatThereAreNot() throws IOException {
        assertThat(problems("profile: a\nfor: {types: [ADT^A99, ORU^R01^ORU_R10], version: \"2.5.7\"}\n"))
                .anySatisfy(problem -> assertThat(problem).contains("2:15 there is no message ADT^A99"))
                .anySatisfy(problem -> assertThat(problem).contains("2:24 there is no message ORU^R01^ORU_R10"))
                .anySatisfy(problem -> assertThat(problem).contains("there is no HL7 version 2.5.7"));
        assertThat(problems("profile: a\nsegments: {}\n"))
                .anySatisfy(problem -> assertThat(problem).contains("1:10 the profile does not say which messages"));
        assertThat(problems("profile: hl7\nfor: {types: [ADT]}\n"))
                .anySatisfy(problem -> assertThat(problem).contains("'hl7' is what HL7's own rules are called"));
    }

    @Test
    void shouldNeverSuggestWhatWasWritten() throws IOException {
        assertThat(problems("profile: a\nfor: {types: [ADT^A99], version: \"2.5\"}\n"))
                .anySatisfy(problem -> assertThat(problem)
                        .contains("there is no message ADT^A99")
                        .doesNotContain("mean 'ADT^A99'"));
    }

    @Test
    void shouldTellTheWayOfACircle() throws IOException {
        write("b.yaml", "profile: b\nextends: [sub/c.yaml]\n");
        write("sub/c.yaml", "profile: c\nextends: [../a.yaml]\n");

        assertThat(problems(HEAD + "extends: [b.yaml]\n"))
                .anySatisfy(problem -> assertThat(problem)
                        .contains("a.yaml:3:11 the profile extends itself: a.yaml -> b.yaml -> sub/c.yaml -> a.yaml"));
    }

    @Test
    void shouldTellOfParentsThatContradictEachOther() throws IOException {
        write(
                "b.yaml",
                "profile: b\nfor: {types: [ADT]}\nsegments: {PID: {fields: {19: {usage: R}, 2: {usage: R}}}}\n");
        write(
                "c.yaml",
                "profile: c\nfor: {types: [ADT]}\nsegments: {PID: {fields: {19: {usage: X}, 2: {usage: X}}}}\n");

        assertThat(problems("profile: a\nextends: [b.yaml, c.yaml]\nsegments: {PID: {fields: {2: {usage: O}}}}\n"))
                .singleElement()
                .asString()
                .contains("a.yaml:2:19 the profiles 'b' and 'c' contradict each other at PID-19: usage R and X");
    }

    @Test
    void shouldTellOfTwoProfilesOfOneName() throws IOException {
        write("b.yaml", "profile: a\nfor: {types: [ADT]}\n");

        assertThat(problems(HEAD + "extends: [b.yaml]\n"))
                .anySatisfy(problem -> assertThat(problem).contains("has the name of that in a.yaml"));
    }

    @Test
    void shouldReadWhatIsRight() throws IOException {
        write(
                "b.yaml",
                "profile: b\nfor: {types: [ADT]}\nrules: [{id: B-1, require: \"true\"}]\nvalueSets: {own: {codes: [A]}}\n");

        assertThat(problems(HEAD + """
                extends: [b.yaml]
                rules: [{id: B-1, severity: warning, text: softer}]
                segments: {PID: {fields: {8: {table: own}, 3: {type: CX, components: {4: {subcomponents: {3: {usage: R}}}}}}}}
                """)).isEmpty();
    }

    @Test
    void shouldWriteASchemaOfEveryKey() throws IOException {
        ObjectNode schema = ConfigurationSchema.ofProfileFile();

        assertThat(schema.path("properties").fieldNames()).toIterable().contains("profile", "extends", "for", "rules");
        assertThat(schema.path("$defs").fieldNames())
                .toIterable()
                .contains("field", "component", "subcomponent", "slice", "group", "rule", "value-set");
        assertThat(schema.path("required").toString()).isEqualTo("[\"profile\"]");
    }

    private List<String> problems(String profile) throws IOException {
        write("a.yaml", profile);
        write("engine.yaml", "engine: checks\nvalidation: {set: {profiles: [a.yaml]}}\n");
        return ConfigurationReader.read(directory, name -> Optional.empty()).problems().stream()
                .filter(problem -> !problem.file().equals("engine.yaml"))
                .map(problem -> problem.file() + ":" + problem.line() + ":" + problem.column() + " " + problem.message()
                        + "; " + problem.hint())
                .toList();
    }

    private void write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
