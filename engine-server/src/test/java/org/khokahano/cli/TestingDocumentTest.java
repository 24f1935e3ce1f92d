package org.khokahano.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of docs/testing.md, as it stands there. */
@Tag("unit")
class TestingDocumentTest {
    private static final Pattern FILE = Pattern.compile("```yaml\\n# (\\S+)\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path directory;

    @BeforeEach
    void writeTheFilesOfTheDocument() throws IOException {
        Matcher files = FILE.matcher(Files.readString(Path.of("..", "docs", "testing.md")));
        while (files.find()) {
            Path file = directory.resolve(files.group(1));
            Files.createDirectories(file.getParent());
            Files.writeString(file, "# as in the document\n" + files.group(2));
        }
    }

    @Test
    void shouldPassAfterTheExpectedMessageWasWrittenAsTheDocumentSays() throws IOException {
        assertThat(CommandRun.of("test", directory).out()).contains("there is no file cases/admission.hl7");
        assertThat(CommandRun.of("test", directory, "--update").exitCode()).isZero();
        assertThat(Files.readString(directory.resolve("cases/admission.hl7")))
                .contains("|REGISTRY|", "MOKOENA^Palesa")
                .doesNotContain("\r");

        CommandRun test = CommandRun.of("test", directory, "--min-coverage", 80);

        assertThat(test.out()).contains("2 cases, 0 failed");
        assertThat(test.exitCode()).isZero();
    }

    @Test
    void shouldShowTheDifferenceAsTheDocumentDoesWhenAMappingChanges() throws IOException {
        CommandRun.of("test", directory, "--update");
        Path mapping = directory.resolve("mappings/registry.yaml");
        Files.writeString(mapping, Files.readString(mapping).replace(", as: upper", ""));

        CommandRun test = CommandRun.of("test", directory);

        assertThat(test.exitCode()).isEqualTo(1);
        assertThat(test.out()).contains("""
                FAILED  an admission is registered, the family name in capitals  cases/admission.yaml
                        registry, message 1 differs from cases/admission.hl7
                          PID-5.1  Patient Name, XPN
                            expected  MOKOENA
                            got       Mokoena
                """);
    }

    @Test
    void shouldExplainAsTheDocumentDoes() throws IOException {
        Path message = Files.writeString(
                directory.resolve("message.hl7"),
                "MSH|^~\\&|EHR|LERIBE|HUB|DISTRICT|20261103081500||ADT^A01^ADT_A01|LER-1|P|2.5.1\n"
                        + "PID|1||LS-0042117^^^LERIBE^MR||Mokoena^Palesa\nPV1|1|I\n");
        String document = Files.readString(Path.of("..", "docs", "testing.md"));
        String shown = document.substring(document.indexOf("Listener ehr takes it"));

        CommandRun explained = CommandRun.of("explain", directory, message);

        assertThat(explained.out()).isEqualTo(shown.substring(0, shown.indexOf("```")));
        assertThat(explained.exitCode()).isZero();
    }
}
