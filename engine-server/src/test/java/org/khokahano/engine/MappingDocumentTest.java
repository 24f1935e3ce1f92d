package org.khokahano.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.khokahano.config.ConfigurationReader;
import org.khokahano.config.ConfigurationResult;
import org.khokahano.mapping.Mapping;
import org.khokahano.mapping.MappingOutcome;
import org.khokahano.mapping.MappingOutcome.Dropped;
import org.khokahano.mapping.MappingOutcome.Mapped;
import org.khokahano.message.Message;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.route.Origin;
import org.khokahano.table.CodeTables;

/** Every example of docs/mapping.md does what the document says. */
@Tag("unit")
class MappingDocumentTest {
    private static final Path PAGE = Path.of("..", "docs", "mapping.md");
    private static final Pattern EXAMPLE =
            Pattern.compile("```yaml\\n(.*?)```\\s*```received\\n(.*?)```\\s*```sent\\n(.*?)```", Pattern.DOTALL);
    private static final String ENGINE = """
            engine: examples
            listeners:
              in: {mllp: {port: 0}}
            destinations:
              out: {mllp: {host: 127.0.0.1, port: 2576}}
            routes:
              all: {from: [in], map: [example.yaml], to: [out]}
            """;

    @TempDir
    private Path directory;

    record Example(String yaml, String received, String sent) {
        @Override
        public String toString() {
            return yaml.lines().findFirst().orElse("");
        }
    }

    static List<Example> examples() throws IOException {
        Matcher matcher = EXAMPLE.matcher(Files.readString(PAGE));
        List<Example> examples = new ArrayList<>();
        while (matcher.find()) {
            examples.add(new Example(matcher.group(1), matcher.group(2), matcher.group(3)));
        }
        return examples;
    }

    @Test
    void shouldFindTheExamples() throws IOException {
        assertThat(examples()).hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldSendWhatTheDocumentSays(Example example) throws IOException, UnreadableMessageException {
        Files.writeString(directory.resolve("engine.yaml"), ENGINE);
        Files.writeString(directory.resolve("example.yaml"), example.yaml());
        ConfigurationResult result = ConfigurationReader.read(directory, name -> Optional.empty());
        assertThat(result.problems()).isEmpty();
        MappingAssembly assembly =
                new MappingAssembly(result.config().orElseThrow().mappings(), CodeTables.none(), mapping -> mapping);
        Mapping mapping = Objects.requireNonNull(assembly.mapping(List.of("example.yaml")));

        byte[] received = example.received().replace('\n', '\r').getBytes(StandardCharsets.US_ASCII);
        MappingOutcome outcome = mapping.apply(Message.read(received), new Origin("in", "QMMH", 1_790_000_000_000L));

        assertThat(outcome).isInstanceOfAny(Mapped.class, Dropped.class);
        List<Message> messages = outcome instanceof Mapped mapped ? mapped.messages() : List.of();
        String sent = messages.stream()
                .map(message -> new String(message.bytes(), StandardCharsets.US_ASCII).replace('\r', '\n'))
                .collect(Collectors.joining("\n"));
        assertThat(sent).isEqualTo(example.sent());
    }
}
