package org.khokahano.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.config.ConfigurationReader;
import org.khokahano.config.ConfigurationResult;
import org.khokahano.fault.Corpus;
import org.khokahano.mapping.Mapping;
import org.khokahano.mapping.MappingOutcome;
import org.khokahano.mapping.MappingOutcome.Failed;
import org.khokahano.mapping.MappingOutcome.Mapped;
import org.khokahano.message.Message;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.route.Origin;
import org.khokahano.table.CodeTables;

/** Real messages through mappings: none breaks one, and what is not touched is not changed. */
@Tag("unit")
class MappingCorpusTest {
    private static final Origin ORIGIN = new Origin("in", "QMMH", 1_790_000_000_000L);

    @TempDir
    private Path directory;

    @Test
    void shouldConvertEveryMessageToBothVersions() throws IOException {
        Mapping mapping = mapping("- {convert: {to: '2.3'}}\n- {convert: {to: '2.5.1'}}\n- {split: OBR}\n");
        List<String> failed = new ArrayList<>();

        for (Map.Entry<String, Message> each : messages().entrySet()) {
            MappingOutcome outcome = mapping.apply(each.getValue(), ORIGIN);
            if (outcome instanceof Failed refused) {
                // Two are right: no subcomponents in MSH-2, and a message of megabytes in hundreds of orders.
                assertThat(refused.reason()).containsAnyOf("that MSH-2 of this message does not", "larger than");
                failed.add(each.getKey());
            } else {
                assertThat(((Mapped) outcome).messages()).as(each.getKey()).isNotEmpty();
            }
        }

        assertThat(failed).hasSizeLessThan(10);
    }

    @Test
    void shouldLeaveEveryByteThatNoStepChanges() throws IOException {
        Mapping mapping = mapping("""
                - {copy: MSH-3, to: MSH-3}
                - each: OBX
                  do: [{set: OBX-3, from: OBX-3}]
                - each: PID-3
                  do: [{set: PID-3.1, from: PID-3.1}]
                - {remove: ZQQ}
                """);

        for (Map.Entry<String, Message> each : messages().entrySet()) {
            MappingOutcome outcome = mapping.apply(each.getValue(), ORIGIN);
            assertThat(outcome).as(each.getKey()).isInstanceOf(Mapped.class);
            assertThat(((Mapped) outcome).messages())
                    .as(each.getKey())
                    .singleElement()
                    .satisfies(made ->
                            assertThat(made.bytes()).isEqualTo(each.getValue().bytes()));
        }
    }

    private static Map<String, Message> messages() throws IOException {
        Optional<Path> archive = Corpus.archive();
        assumeThat(archive).as("the public corpus").isPresent();
        Map<String, Message> readable = new LinkedHashMap<>();
        for (Map.Entry<String, byte[]> each :
                Corpus.messages(archive.orElseThrow()).entrySet()) {
            try {
                readable.put(each.getKey(), Message.read(each.getValue()));
            } catch (UnreadableMessageException refused) {
                // Such a message never comes to a mapping: the listener refuses it.
                continue;
            }
        }
        return readable;
    }

    private Mapping mapping(String steps) throws IOException {
        Files.writeString(directory.resolve("engine.yaml"), """
                engine: corpus
                listeners: {in: {mllp: {port: 0}}}
                destinations: {out: {mllp: {host: 127.0.0.1, port: 2576}}}
                routes: {all: {map: [a.yaml], to: [out]}}
                """);
        Files.writeString(directory.resolve("a.yaml"), "mapping: a\nlimits: {time: 60s}\nsteps:\n" + steps);
        ConfigurationResult result = ConfigurationReader.read(directory, name -> Optional.empty());
        assertThat(result.problems()).isEmpty();
        MappingAssembly assembly =
                new MappingAssembly(result.config().orElseThrow().mappings(), CodeTables.none(), mapping -> mapping);
        return Objects.requireNonNull(assembly.mapping(List.of("a.yaml")));
    }
}
