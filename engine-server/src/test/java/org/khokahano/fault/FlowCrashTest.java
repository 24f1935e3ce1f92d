package org.khokahano.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("crash")
class FlowCrashTest {

    private static final Duration WITHIN = Duration.ofSeconds(40);

    @TempDir
    private Path directory;

    private EngineProcess.Plan plan(String listener, String destination) {
        return new EngineProcess.Plan(directory).config("""
                engine: flow
                store: {embedded: {path: "${env:KHOKA_DATA}"}}
                admin: {listen: "127.0.0.1:${env:RELAY_ADMIN}"}
                shutdown: {drain: 5s}
                listeners: {in: {mllp: {host: 127.0.0.1, port: "${env:RELAY_IN}"}%s}}
                routes: {all: {from: [in], to: [out]}}
                destinations:
                  out: {mllp: {host: 127.0.0.1, port: "${env:RELAY_OUT}"}, retry: {first: 50ms, max: 200ms}%s}
                """.formatted(listener, destination));
    }

    private static byte[] fragment(String controlId, String follows, String segments) {
        return ("MSH|^~\\&|LAB|QMMH|||20261123||ORU^R01|" + controlId + "|P|2.5.1||" + follows + "\r" + segments)
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    @DisplayName("R40 P1 F1 fragments survive kill -9 after each; a repeated last one makes no second message")
    void shouldKeepFragmentsOverKills() throws IOException {
        try (RecordingSink sink = new RecordingSink()) {
            EngineProcess.Plan plan = plan(", accept: {continuation: {}}", "").to(sink.port());
            byte[] last = fragment("C3", "P2", "ADD| three|F\r");
            try (EngineProcess engine = plan.start()) {
                assertThat(Facility.send(plan.port, fragment("C1", "", "OBX|1|FT|||one\rADD|\rDSC|P1|F\r")))
                        .isEqualTo("AA");
                engine.kill();
            }
            try (EngineProcess engine = plan.start()) {
                byte[] second = fragment("C2", "P1", "ADD| two\rADD|\rDSC|P2|F\r");
                assertThat(Facility.send(plan.port, second)).isEqualTo("AA");
                assertThat(Facility.send(plan.port, second))
                        .as("R57 its repetition")
                        .isEqualTo("AA");
                engine.kill();
            }
            try (EngineProcess engine = plan.start()) {
                try (Socket socket = Facility.open(plan.port)) {
                    // Nobody waits for the answer: it may or may not have been stored when the engine dies.
                    Frames.write(socket.getOutputStream(), last);
                    await().atMost(WITHIN).until(() -> sink.count() > 0);
                }
                engine.kill();
            }
            try (EngineProcess engine = plan.start()) {
                assertThat(Facility.send(plan.port, last)).isEqualTo("AA");
                assertThat(Facility.send(plan.port, fragment("D1", "", "NTE|1\r")))
                        .isEqualTo("AA");
                await().atMost(WITHIN).until(() -> sink.controlIds().contains("D1"));
                engine.terminate();
                assertThat(engine.awaitExit()).isZero();
            }
            assertThat(sink.controlIds()).containsExactly("C1", "D1");
            for (byte[] message : sink.received()) {
                if (Frames.field(message, "MSH", 10).equals("C1")) {
                    assertThat(message).isEqualTo(fragment("C1", "", "OBX|1|FT|||one two three|F\r"));
                }
            }
        }
    }

    @Test
    @DisplayName(
            "R30 R40 kill -9 between two fragments going out: all again from the first, with the same ids and bytes")
    void shouldSendTheSameFragmentsAgain() throws IOException {
        try (RecordingSink sink = new RecordingSink()) {
            EngineProcess.Plan plan = plan("", ", continuation: {split: 1KB}").to(sink.port());
            byte[] whole = fragment("S1", "", "OBX|1|FT|||" + "x".repeat(3_000) + "\r");
            AtomicBoolean killed = new AtomicBoolean();
            try (EngineProcess engine = plan.start()) {
                sink.beforeAnswer(count -> {
                    if (count == 2 && killed.compareAndSet(false, true)) {
                        engine.kill();
                    }
                });
                Facility.send(plan.port, whole);
                await().atMost(WITHIN).until(() -> !engine.isAlive());
            }
            int before = sink.count();
            assertThat(before).isEqualTo(2);
            try (EngineProcess engine = plan.start()) {
                await().atMost(WITHIN).until(() -> sink.controlIds().contains("S1.4"));
                engine.terminate();
                assertThat(engine.awaitExit()).isZero();
            }
            List<byte[]> all = sink.received();
            assertThat(all).hasSize(before + 4);
            assertThat(all.subList(2, 4)).containsExactly(all.get(0), all.get(1));
            assertThat(sink.controlIds()).containsExactly("S1", "S1.2", "S1.3", "S1.4");
        }
    }

    @Test
    @DisplayName("R43 P2 P3 kill -9 while batches go out: nothing lost, first deliveries in order")
    void shouldLoseNothingOfBatches() throws IOException {
        int messages = 60;
        try (RecordingSink sink = new RecordingSink()) {
            EngineProcess.Plan plan = plan("", ", batch: {messages: 7, wait: 100ms, answers: errors}")
                    .to(sink.port());
            AtomicBoolean killed = new AtomicBoolean();
            try (EngineProcess engine = plan.start()) {
                sink.beforeAnswer(count -> {
                    if (count == 3 && killed.compareAndSet(false, true)) {
                        engine.kill();
                    }
                });
                for (int n = 0; n < messages && engine.isAlive(); n++) {
                    sendQuietly(plan.port, n);
                }
                await().atMost(WITHIN).until(() -> !engine.isAlive());
            }
            try (EngineProcess engine = plan.start()) {
                for (int n = 0; n < messages; n++) {
                    assertThat(Facility.send(plan.port, fragment("N" + n, "", "NTE|1\r")))
                            .isEqualTo("AA");
                }
                await().atMost(WITHIN).until(() -> firstDeliveries(sink).size() == messages);
                engine.terminate();
                assertThat(engine.awaitExit()).isZero();
            }
            int expected = 0;
            for (String id : firstDeliveries(sink)) {
                assertThat(id).isEqualTo("N" + expected++);
            }
        }
    }

    private static void sendQuietly(int port, int number) {
        try {
            Facility.send(port, fragment("N" + number, "", "NTE|1\r"));
        } catch (IOException | RuntimeException e) {
            // Killed meanwhile; it is sent again.
            return;
        }
    }

    private static Set<String> firstDeliveries(RecordingSink sink) {
        Set<String> ids = new LinkedHashSet<>();
        for (byte[] batch : sink.received()) {
            for (String line : new String(batch, StandardCharsets.US_ASCII).split("\r")) {
                if (line.startsWith("MSH|")) {
                    ids.add(line.split("\\|")[9]);
                }
            }
        }
        return ids;
    }
}
