package org.khokahano.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.khokahano.config.TestConfigurations.messages;
import static org.khokahano.config.TestConfigurations.read;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/routing.md, docs/tables.md and docs/profiles.md are free of problems. */
@Tag("unit")
class DocumentExamplesTest {
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
