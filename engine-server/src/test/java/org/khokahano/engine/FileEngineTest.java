package org.khokahano.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.config.ConfigurationReader;
import org.khokahano.config.ConfigurationResult;
import org.khokahano.event.EngineEvents;

/** Files in and out, through the engine that the configuration describes. */
@Tag("socket")
class FileEngineTest {

    private static final Duration WITHIN = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private ConfigurationResult read(String yaml) throws IOException {
        Files.createDirectories(directory.resolve("in"));
        Files.createDirectories(directory.resolve("out"));
        Files.writeString(directory.resolve("engine.yaml"), yaml);
        return ConfigurationReader.read(directory, name -> Optional.empty());
    }

    private Engine start(String yaml) throws IOException {
        ConfigurationResult result = read(yaml);
        assertThat(result.problems()).isEmpty();
        Engine engine = EngineAssembly.assemble(
                result.config().orElseThrow(), Optional.of(directory.resolve("data")), new EngineEvents() {});
        engine.start();
        return engine;
    }

    private List<String> files(String where) {
        return files(where, ".hl7");
    }

    private List<String> files(String where, String end) {
        try (Stream<Path> files = Files.list(directory.resolve(where))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(end))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @DisplayName("Messages of a file go out over MLLP in their order; one that comes twice goes once")
    void shouldSendWhatFilesHold() throws IOException {
        try (ScriptedPartner partner = new ScriptedPartner()) {
            Engine engine = start("""
                    engine: files
                    admin: {listen: "127.0.0.1:0"}
                    listeners: {in: {directory: {path: "%s", settle: off, poll: 20ms}}}
                    routes: {all: {to: [lis]}}
                    destinations: {lis: {mllp: {host: 127.0.0.1, port: %d}}}
                    """.formatted(directory.resolve("in"), partner.port()));
            try {
                String one = EngineUnderTest.admission("F1", "LS1", "Lerato^Test");
                String two = EngineUnderTest.admission("F2", "LS2", "Thabo^Test");
                Path part = directory.resolve("in/a.part");
                Files.writeString(part, "FHS|^~\\&\rBHS|^~\\&\r" + one + two + one + "BTS|3\rFTS|1\r");
                Files.move(part, directory.resolve("in/a.hl7"));
                await().atMost(WITHIN).until(() -> partner.received().size() >= 2);
                await().atMost(WITHIN).until(() -> Files.exists(directory.resolve("in/processed/a.hl7")));
                assertThat(partner.received()).containsExactly(one, two);
                assertThat(engine.listeners().get(0).problem()).isEmpty();
            } finally {
                engine.stop();
            }
        }
    }

    @Test
    @DisplayName("Messages that come by MLLP become whole files, whose names sort as they came")
    void shouldWriteWhatComes() throws IOException {
        Engine engine = start("""
                engine: files
                admin: {listen: "127.0.0.1:0"}
                listeners: {in: {mllp: {port: 0, host: 127.0.0.1}}}
                routes: {all: {to: [out]}}
                destinations: {out: {directory: {path: "%s"}}}
                """.formatted(directory.resolve("out")));
        try {
            int port =
                    Objects.requireNonNull(engine.listeners().get(0).address()).getPort();
            try (Socket socket = new Socket("127.0.0.1", port)) {
                for (int i = 0; i < 5; i++) {
                    String message = EngineUnderTest.admission("M" + i, "LS" + i, "Lerato^Test");
                    socket.getOutputStream().write(ScriptedPartner.frame(message));
                    assertThat(ScriptedPartner.readFrame(socket.getInputStream()))
                            .contains("MSA|AA|M" + i);
                }
            }
            await().atMost(WITHIN).until(() -> files("out").size() == 5);
            List<String> names = files("out");
            for (int i = 0; i < 5; i++) {
                assertThat(Files.readString(directory.resolve("out").resolve(names.get(i))))
                        .isEqualTo(EngineUnderTest.admission("M" + i, "LS" + i, "Lerato^Test"));
            }
        } finally {
            engine.stop();
        }
    }

    @Test
    @DisplayName("R43 messages become one file of a batch, with right counts and a name that says which they are")
    void shouldWriteABatchIntoAFile() throws IOException {
        Engine engine = start("""
                engine: files
                admin: {listen: "127.0.0.1:0"}
                listeners: {in: {directory: {path: "%s", settle: off, poll: 20ms}}}
                routes: {all: {to: [out]}}
                destinations: {out: {directory: {path: "%s"}, batch: {messages: 3, wait: 1h, file: true}}}
                """.formatted(directory.resolve("in"), directory.resolve("out")));
        try {
            StringBuilder messages = new StringBuilder();
            for (int i = 1; i <= 3; i++) {
                messages.append(EngineUnderTest.admission("B" + i, "LS" + i, "Lerato^Test"));
            }
            Files.writeString(directory.resolve("in/a.hl7"), messages);
            await().atMost(WITHIN).until(() -> files("out").size() == 1);

            assertThat(files("out").get(0)).contains("000000000001-000000000003-3");
            assertThat(Files.readString(
                            directory.resolve("out").resolve(files("out").get(0))))
                    .isEqualTo("FHS|^~\\&|EHR|QMMH|LIS|NRL|||||B1.3.3\rBHS|^~\\&|EHR|QMMH|LIS|NRL|||||B1.3.3\r"
                            + messages + "BTS|3\rFTS|1\r");
        } finally {
            engine.stop();
        }
    }

    @Test
    @DisplayName("CSV files go out as HL7 of each good record; what was refused is told by line; and back to CSV")
    void shouldReadAndWriteFilesOfAFormat() throws IOException {
        Engine engine =
                start("""
                engine: files
                admin: {listen: "127.0.0.1:0"}
                listeners: {in: {directory: {path: "%s", pattern: "*.csv", settle: off, poll: 20ms}, format: results}}
                routes: {all: {to: [out, table]}}
                destinations:
                  out: {directory: {path: "%s"}}
                  table: {directory: {path: "%s", name: "{deliveryId}.csv"}, format: results}
                formats:
                  results:
                    delimited: {separator: ";"}
                    message: {type: ORU^R01^ORU_R01, version: 2.5.1}
                    fields: {patient: PID-3.1, sample: OBR-3, test: OBX-3.1, value: OBX-5}
                    required: [patient]
                """.formatted(directory.resolve("in"), directory.resolve("out"), directory.resolve("out")));
        try {
            Path part = directory.resolve("in/a.part");
            Files.writeString(part, "patient;sample;test;value\r\nLS-7;S1;GLU;5.10\r\n;S2;GLU;4\r\n");
            Files.move(part, directory.resolve("in/a.csv"));
            Path reason = directory.resolve("in/failed/a.csv.reason.txt");
            await().atMost(WITHIN).until(() -> Files.exists(directory.resolve("in/failed/a.csv")));
            assertThat(Files.readString(reason))
                    .startsWith("1 message of this file was taken, 1 was refused.\n"
                            + "record 2: line 3, column 'patient': a value is missing\n");
            await().atMost(WITHIN)
                    .until(() -> files("out", ".hl7").size() == 1
                            && files("out", ".csv").size() == 1);
            assertThat(written(".hl7")).contains("PID|||LS-7\rOBR|||S1\rOBX|||GLU||5.10\r");
            assertThat(written(".csv")).contains("LS-7;S1;GLU;5.10");
        } finally {
            engine.stop();
        }
    }

    private String written(String end) throws IOException {
        return Files.readString(
                directory.resolve("out").resolve(files("out", end).get(0)));
    }

    @Test
    @DisplayName("The example of docs/files.md is free of problems where its directories are there")
    void shouldReadTheExample() throws IOException {
        Matcher example = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("..", "docs", "files.md")));
        assertThat(example.find()).isTrue();
        String yaml = example.group(1).replace("exchange", directory.toString());
        assertThat(read(yaml).problems()).isEmpty();
    }
}
