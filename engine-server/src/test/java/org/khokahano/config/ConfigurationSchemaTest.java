package org.khokahano.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** What an editor would say with our schema, by an independent validator. */
@Tag("unit")
class ConfigurationSchemaTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Schema ENGINE = schema(ConfigurationSchema.ofEngineFile());
    private static final Schema MAPPING = schema(ConfigurationSchema.ofMappingFile());
    private static final Schema INCLUDED = schema(ConfigurationSchema.ofIncludedFile());

    static Stream<Path> shipped() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("..", "config"))) {
            return files
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .filter(ConfigurationSchemaTest::isConfiguration)
                    .toList()
                    .stream();
        }
    }

    private static boolean isConfiguration(Path file) {
        return file.endsWith("engine.yaml")
                || Stream.of("listeners", "destinations", "routes")
                        .anyMatch(directory -> file.toString().contains("/" + directory + "/"));
    }

    @ParameterizedTest
    @MethodSource("shipped")
    @DisplayName("Every shipped configuration file is what its schema says")
    void shouldAcceptWhatIsShipped(Path file) throws IOException {
        Schema schema = file.endsWith("engine.yaml") ? ENGINE : INCLUDED;

        assertThat(problems(schema, Files.readString(file))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{}; engine",
                "{engine: a, listners: {}}; listners",
                "{engine: a, listeners: {b: {mllp: {port: 99x}}}}; port",
                "{engine: a, listeners: {b: {mllp: {}}}}; port",
                "{engine: a, listeners: {b: {mllp: {port: 1}, http: {port: 2}}}}; b",
                "{engine: a, listeners: {'b c': {mllp: {port: 1}}}}; listeners",
                "{engine: a, shutdown: {drain: 30 s}}; drain",
                "{engine: a, log: {level: loud}}; level",
                "{engine: a, routes: {r: {to: lis}}}; to",
            })
    @DisplayName("What is badly written is found where it stands")
    void shouldRefuseWhatIsBadlyWritten(String yaml, String place) throws IOException {
        assertThat(problems(ENGINE, yaml))
                .isNotEmpty()
                .anySatisfy(problem -> assertThat(problem).contains(place));
    }

    @Test
    @DisplayName("A reference may stand for any value, and a default may stay unwritten")
    void shouldAcceptReferences() throws IOException {
        assertThat(problems(ENGINE, """
                        engine: a
                        store: {keep: {bodies: "${env:BODIES:90d}"}}
                        log: {level: "${env:LEVEL:info}"}
                        listeners: {b: {mllp: {port: "${env:PORT:2575}", idleTimeout: off}}}
                        """)).isEmpty();
    }

    static Stream<Path> shippedMappings() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("..", "config"))) {
            return files
                    .filter(file -> file.toString().contains("/mappings/"))
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("shippedMappings")
    @DisplayName("Every shipped mapping is what its schema says")
    void shouldAcceptShippedMappings(Path file) throws IOException {
        assertThat(problems(MAPPING, Files.readString(file))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{steps: []}; mapping",
                "{mapping: a}; steps",
                "{mapping: a, step: []}; step",
                "{mapping: a, steps: [{sett: PID-5, to: x}]}; /steps/0",
                "{mapping: a, steps: [{set: PID-5, form: x}]}; /steps/0",
                "{mapping: a, steps: [{when: 'true'}]}; /steps/0",
                "{mapping: a, steps: [{each: OBX, do: [{dropp: true}]}]}; /steps/0/do/0",
                "{mapping: a, to: {version: '2.3'}, steps: []}; /to",
                "{mapping: a, limits: {steps: many}, steps: []}; /limits/steps",
            })
    @DisplayName("What is badly written in a mapping is found where it stands, inside of other steps too")
    void shouldRefuseBadMappings(String yaml, String place) throws IOException {
        assertThat(problems(MAPPING, yaml))
                .isNotEmpty()
                .anySatisfy(problem -> assertThat(problem).contains(place));
    }

    private static List<String> problems(Schema schema, String yaml) throws IOException {
        String json = JSON.writeValueAsString(new Yaml().<Object>load(yaml));
        return schema.validate(json, InputFormat.JSON).stream()
                .map(problem -> problem.getInstanceLocation() + ": " + problem.getMessage())
                .toList();
    }

    private static Schema schema(ObjectNode schema) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema.toString());
    }
}
