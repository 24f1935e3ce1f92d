package org.khokahano.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("crash")
class FileCrashTest {

    private static final int FILES = 20;
    private static final int MESSAGES_EACH = 40;
    private static final int KILLS = Integer.getInteger("khoka.crash.hits", 2);
    private static final Duration WITHIN = Duration.ofSeconds(60);
    private static final String LAST = "ZZZ|whole\r";

    @TempDir
    private Path directory;

    private final Random random = new Random();

    private static String message(int number) {
        return "MSH|^~\\&|LAB|QMMH|||20261122||ORU^R01|C" + number + "|P|2.5\rPID|1||LS" + number % 9 + "\rNTE|1||"
                + "x".repeat(2_000) + "\r" + LAST;
    }

    private List<Path> written() {
        try (Stream<Path> files = Files.list(directory.resolve("out"))) {
            return files.filter(file -> file.toString().endsWith(".hl7"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void expectWhole() throws IOException {
        for (Path file : written()) {
            assertThat(Files.readString(file).endsWith(LAST)).as("a whole file").isTrue();
        }
    }

    @Test
    @DisplayName("F1 kill -9 while files are read and written loses nothing, repeats nothing, shows no half file")
    void shouldLoseNoMessageOfAFile() throws IOException {
        Path in = Files.createDirectories(directory.resolve("in"));
        Path out = Files.createDirectories(directory.resolve("out"));
        List<String> sent = new ArrayList<>();
        for (int file = 0; file < FILES; file++) {
            StringBuilder content = new StringBuilder();
            for (int i = 0; i < MESSAGES_EACH; i++) {
                sent.add(message(sent.size()));
                content.append(sent.get(sent.size() - 1));
            }
            Files.writeString(in.resolve(String.format("f%03d.hl7", file)), content);
        }
        EngineProcess.Plan plan = new EngineProcess.Plan(directory).config("""
                engine: files
                store: {embedded: {path: "${env:KHOKA_DATA}"}}
                admin: {listen: "127.0.0.1:${env:RELAY_ADMIN}"}
                listeners: {in: {directory: {path: "%s", settle: off, poll: 20ms}}}
                routes: {all: {from: [in], to: [out]}}
                destinations: {out: {directory: {path: "%s"}, retry: {first: 50ms, max: 500ms}}}
                """.formatted(in, out));
        int share = sent.size() / (KILLS + 1);
        for (int kill = 1; kill <= KILLS; kill++) {
            int enough = share * (kill - 1) + 1 + random.nextInt(share);
            try (EngineProcess engine = plan.launch()) {
                await().atMost(WITHIN)
                        .pollInterval(Duration.ofMillis(5))
                        .failFast(() -> !engine.isAlive())
                        .until(() -> written().size() >= enough);
                engine.kill();
            }
            expectWhole();
        }
        try (EngineProcess engine = plan.start()) {
            await().atMost(WITHIN)
                    .until(() -> Files.exists(in.resolve("processed").resolve("f019.hl7")));
            await().atMost(WITHIN).until(() -> written().size() >= sent.size());
            engine.terminate();
            assertThat(engine.awaitExit()).isZero();
        }
        List<String> got = new ArrayList<>();
        for (Path file : written()) {
            got.add(Files.readString(file));
        }
        assertThat(got.equals(sent))
                .as("all, once, in order: %d of %d", got.size(), sent.size())
                .isTrue();
    }
}
