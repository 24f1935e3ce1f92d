package org.khokahano.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong in a format is told with its place. */
@Tag("unit")
class FormatChecksTest {

    private static final String ENGINE = """
            engine: checks
            listeners:
              in: {http: {port: 0}, format: f}
            destinations:
              out: {mllp: {host: 127.0.0.1, port: 2576}}
            routes:
              all: {from: [in], to: [out]}
            formats:
            """;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '^', textBlock = """
            json: {}, fields: {/a: PID-3}                                # 3:33 the format 'f' does not say which messages
            json: {}, message: {type: ORU^R01^ORU_R01}, fields: {a: PID-3} # 'a' is not a JSON pointer
            json: {}, message: {type: ORU^R01^ORU_R01}, fields: {/a: PID-3, /a/b: PID-5} # '/a' cannot be a value and hold '/a/b'
            json: {}, message: {type: ORU^R01^ORU_R01}, fields: {/a: PDI-3} # there is no segment PDI
            json: {}, message: {type: ORU^R01^ORU_R01}, fields: {/a: MSH-2} # MSH-1 and MSH-2 are the delimiters
            json: {}, message: {type: ORU^R01^ORU_R01}, fields: {/a: "PID-3[*]"} # a field has one place
            json: {}, message: {type: ORU^R01^ORU_R01}, together: [x]    # only the rows of a table are put together
            json: {}, message: {type: ORU^R01^ORU_R10, version: 2.5.1}   # there is no message structure ORU_R10
            json: {}, message: {type: ORU^R01^ORU_R01}, rows: {segment: OBX, fields: {/v: OBX-5}} # where the rows are is not said
            delimited: {}, message: {type: ORU^R01^ORU_R01}, fields: {a: PID-3}, required: [b] # the format has no field 'b'
            delimited: {header: false}, message: {type: ORU^R01^ORU_R01} # without a header nobody knows the columns
            delimited: {columns: [a]}, message: {type: ORU^R01^ORU_R01}, fields: {b: PID-3} # 'b' is not among the columns
            xml: {}, fields: {a: PID-3}                                  # 'fields' has no meaning in xml
            """)
    void shouldTellWhatIsWrong(String format, String message) {
        ConfigurationResult result = TestConfigurations.read(directory, ENGINE + "  f: {" + format.strip() + "}\n");

        assertThat(TestConfigurations.messages(result))
                .anySatisfy(told -> assertThat(told).contains(message));
    }

    @Test
    @DisplayName("A misspelt column is told where it is misspelt, and nothing else follows from it")
    void shouldTellAMisspeltColumnWhereItIs() {
        ConfigurationResult result = TestConfigurations.read(
                directory,
                ENGINE + "  f:\n    delimited: {columns: [patient, code]}\n"
                        + "    message: {type: ORU^R01^ORU_R01}\n    required: [patient, code]\n"
                        + "    fields: {patent: PID-3}\n    rows: {segment: OBX, fields: {coed: OBX-3.1}}\n");

        assertThat(result.problems().stream().filter(problem -> problem.isError()))
                .extracting(problem -> problem.column() + " " + problem.message() + "; " + problem.hint())
                .containsExactly(
                        "14 'patent' is not among the columns; did you mean 'patient'?",
                        "35 'coed' is not among the columns; did you mean 'code'?");
    }
}
