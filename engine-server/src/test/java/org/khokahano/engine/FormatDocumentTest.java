package org.khokahano.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.khokahano.config.ConfigurationReader;
import org.khokahano.config.ConfigurationResult;
import org.khokahano.format.FormatOutcome.Written;
import org.khokahano.format.InputRecord.Readable;
import org.khokahano.message.Message;
import org.khokahano.message.UnreadableMessageException;

/** Every example of docs/formats.md does what the document says. */
@Tag("unit")
class FormatDocumentTest {
    private static final Path PAGE = Path.of("..", "docs", "formats.md");
    private static final Pattern EXAMPLE = Pattern.compile(
            "```yaml\\n(formats:.*?)```\\s*(?:```template\\n(.*?)```\\s*)?```(\\w+)\\n(.*?)```\\s*```\\w+\\n(.*?)```",
            Pattern.DOTALL);
    private static final String ENGINE = """
            engine: examples
            listeners:
              in: {mllp: {port: 0}}
            destinations:
              out: {mllp: {host: 127.0.0.1, port: 2576}}
            routes:
              all: {from: [in], to: [out]}
            """;

    @TempDir
    private Path directory;

    record Example(String yaml, @Nullable String template, String kind, String from, String to) {
        @Override
        public String toString() {
            return yaml.lines().skip(1).findFirst().orElse("").strip();
        }
    }

    static List<Example> examples() throws IOException {
        Matcher matcher = EXAMPLE.matcher(Files.readString(PAGE));
        List<Example> examples = new ArrayList<>();
        while (matcher.find()) {
            examples.add(new Example(
                    matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4), matcher.group(5)));
        }
        return examples;
    }

    @Test
    void shouldFindTheExamples() throws IOException {
        assertThat(examples()).hasSize(4);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldDoWhatTheDocumentSays(Example example) throws IOException, UnreadableMessageException {
        Files.writeString(directory.resolve("engine.yaml"), ENGINE + example.yaml());
        if (example.template() != null) {
            Files.writeString(directory.resolve("sms.txt"), example.template());
        }
        ConfigurationResult result = ConfigurationReader.read(directory, name -> Optional.empty());
        assertThat(result.problems()).noneMatch(problem -> problem.isError());
        var formats = result.config().orElseThrow().formats();
        FormatAssembly assembly = new FormatAssembly(formats);
        String name = formats.keySet().iterator().next();
        byte[] from = example.from().getBytes(StandardCharsets.UTF_8);

        if (example.kind().equals("received")) {
            String made = assembly.input(name).read(from).stream()
                    .map(record -> new String(((Readable) record).message().bytes(), StandardCharsets.UTF_8))
                    .map(text -> text.replace('\r', '\n').replaceAll("\\|[0-9A-F]{20}\\|", "|(id)|"))
                    .collect(Collectors.joining("\n"));
            assertThat(made).isEqualTo(example.to());
        } else {
            Message message = Message.read(example.from().replace('\n', '\r').getBytes(StandardCharsets.UTF_8));
            Written written = (Written) assembly.output(name).write(message);
            assertThat(new String(written.bytes(), StandardCharsets.UTF_8))
                    .isEqualTo(example.to().strip());
        }
    }
}
