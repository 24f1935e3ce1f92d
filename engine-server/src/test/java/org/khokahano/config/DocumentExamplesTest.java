package org.khokahano.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.khokahano.config.TestConfigurations.messages;
import static org.khokahano.config.TestConfigurations.read;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** The examples of the documentation are free of problems. */
@Tag("unit")
class DocumentExamplesTest {
    private static final Pattern YAML_BLOCK = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

    private static final String ENGINE = """
            engine: examples
            listeners:
              ehr: {mllp: {port: 2575}}
            destinations:
              registry: {mllp: {host: registry.example, port: 2576}}
              archive: {mllp: {host: archive.example, port: 2576}}
            """;

    @TempDir
    private Path directory;

    @Test
    @DisplayName("The routes of docs/routing.md, with a table as in docs/tables.md")
    void shouldReadTheExampleOfRoutes() throws IOException {
        writeTable("wards.csv");

        assertThat(read(directory, ENGINE + block("routing.md", "yaml", "routing:"))
                        .problems())
                .isEmpty();
    }

    @Test
    @DisplayName("The listener of docs/routing.md")
    void shouldReadTheExampleOfAListener() throws IOException {
        String destinations = ENGINE.substring(ENGINE.indexOf("destinations:"));
        String routes = "routes: {all: {from: [ehr], to: [registry, archive]}}\n";

        assertThat(read(
                                directory,
                                "engine: examples\n" + block("routing.md", "yaml", "listeners:") + destinations
                                        + routes)
                        .problems())
                .isEmpty();
    }

    @Test
    @DisplayName("The table of docs/tables.md, and how it says that codes are found")
    void shouldReadTheExampleOfATable() throws IOException {
        writeTable("local-to-loinc.csv");

        ConfigurationResult result = read(
                directory,
                ENGINE + block("tables.md", "yaml", "tables:") + "routes: {all: {to: [registry, archive]}}\n");

        // The page shows how it is declared; nothing uses it yet.
        assertThat(messages(result)).allSatisfy(message -> assertThat(message).contains("nothing uses the code table"));
        assertThat(result.config().map(config -> config.tables().keySet().contains("local-to-loinc")))
                .isEqualTo(Optional.of(true));
    }

    @Test
    @DisplayName("The profile of docs/profiles.md, and every key that a profile may have")
    void shouldReadTheExampleOfAProfile() throws IOException {
        Files.writeString(directory.resolve("ls-adt.yaml"), block("profiles.md", "yaml", "profile:"));
        Files.writeString(directory.resolve("ihe-pam.yaml"), "profile: ihe-pam\nfor: {types: [ADT]}\n");
        String set = "validation: {national: {profiles: [ls-adt.yaml]}}\n";
        String routes = "routes: {all: {validate: {with: national}, to: [registry, archive]}}\n";

        assertThat(read(directory, ENGINE + set + routes).problems()).isEmpty();
        String page = Files.readString(Path.of("..", "docs", "profiles.md"));
        List<String> keys = new ArrayList<>();
        ConfigurationSchema.ofProfileFile()
                .findValues("properties")
                .forEach(properties -> properties.fieldNames().forEachRemaining(keys::add));
        assertThat(keys)
                .hasSizeGreaterThan(40)
                .allSatisfy(key -> assertThat(page).contains(key));
    }

    static Stream<Arguments> blocks() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(Path.of("..", "README.md")));
        try (Stream<Path> files = Files.list(Path.of("..", "docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        Stream.Builder<Arguments> blocks = Stream.builder();
        for (Path page : pages) {
            Matcher block = YAML_BLOCK.matcher(Files.readString(page));
            for (int number = 1; block.find(); number++) {
                blocks.add(Arguments.of(page.getFileName() + " " + number, block.group(1)));
            }
        }
        return blocks.build();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("blocks")
    @DisplayName("Every YAML block of every page is written as the schema of its file says")
    void shouldWriteEachBlockAsItsSchemaSays(String place, String block) throws IOException {
        Map<String, Object> tree = new Yaml().load(block);
        ObjectNode schema = ConfigurationSchema.ofIncludedFile();
        if (tree.containsKey("mapping")) {
            schema = ConfigurationSchema.ofMappingFile();
        } else if (tree.containsKey("case") || tree.containsKey("expect")) {
            schema = ConfigurationSchema.ofCaseFile();
        } else if (place.startsWith("profiles.md") && !tree.containsKey("validation")) {
            schema = ConfigurationSchema.ofProfileFile();
        }
        // A block may show a part of a file.
        schema.remove("required");

        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(schema.toString())
                        .validate(new ObjectMapper().writeValueAsString(tree), InputFormat.JSON))
                .as(place)
                .isEmpty();
    }

    static Stream<Arguments> wholePages() throws IOException {
        return blocks().filter(block -> String.valueOf(block.get()[0]).matches("(protocol|validation)\\.md .*"))
                .filter(block -> !String.valueOf(block.get()[1]).startsWith("expect:"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wholePages")
    @DisplayName("The configurations of docs/protocol.md and docs/validation.md are free of errors")
    void shouldReadWhatStandsInProtocolAndValidation(String place, String block) throws IOException {
        writeTable("wards.csv");
        Files.createDirectories(directory.resolve("profiles"));
        Files.writeString(directory.resolve("profiles/national.yaml"), "profile: national\nfor: {types: [ADT]}\n");
        String text = block.startsWith("engine:") ? block : "engine: examples\n" + block;
        if (!text.contains("\nlisteners:")) {
            text += "listeners: {ehr: {mllp: {port: 2575}}}\n";
        }
        if (!text.contains("\ndestinations:")) {
            text += "destinations:\n  registry: {mllp: {host: registry.example, port: 2576}}\n"
                    + "  client-registry: {mllp: {host: registry.example, port: 2577}}\n";
        }
        if (!text.contains("\nroutes:") && !text.contains("reply:")) {
            Matcher destination =
                    Pattern.compile("\ndestinations:\n  ([a-z-]+):").matcher(text);
            assertThat(destination.find()).isTrue();
            text += "routes: {all: {to: [" + destination.group(1) + "]}}\n";
        }
        if (text.contains("siteTables")) {
            text += "tables: {wards: {file: tables/wards.csv}}\n";
        }

        assertThat(read(directory, text).problems()).as(place).noneMatch(problem -> problem.isError());
    }

    private void writeTable(String name) throws IOException {
        Files.createDirectories(directory.resolve("tables"));
        Files.writeString(directory.resolve("tables").resolve(name), block("tables.md", "csv", "code,"));
    }

    private static String block(String page, String language, String beginning) throws IOException {
        Matcher block = Pattern.compile("```" + language + "\\n(" + beginning + ".*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("..", "docs", page)));
        assertThat(block.find())
                .as(page + " has a block that begins with " + beginning)
                .isTrue();
        return block.group(1);
    }
}
