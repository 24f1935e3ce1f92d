package org.khokahano.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("crash")
class MessageFaultTest {

    @TempDir
    private Path directory;

    @Test
    @DisplayName("F13 a field of 10 MB and 100,000 segments pass, and the next message is served within 1 s")
    void shouldServeTheNextMessageSoonAfterPoison() throws IOException {
        try (RecordingSink sink = new RecordingSink()) {
            EngineProcess.Plan plan = new EngineProcess.Plan(directory).to(sink.port());
            byte[] large = Facility.message("L.0", "P1", 10_000_000);
            byte[] many = (new String(Facility.message("M.0", "P1", 300), StandardCharsets.US_ASCII)
                            + "OBX|2|NM|HB||1\r".repeat(100_000))
                    .getBytes(StandardCharsets.US_ASCII);
            try (EngineProcess engine = plan.start()) {
                assertThat(Facility.send(plan.port, Facility.message("W.0", "P1", 300)))
                        .isEqualTo("AA");
                for (byte[] poison : new byte[][] {large, many}) {
                    assertThat(Facility.send(plan.port, poison)).isEqualTo("AA");
                    String next = "N." + poison.length;
                    long began = System.nanoTime();
                    assertThat(Facility.send(plan.port, Facility.message(next, "P2", 300)))
                            .isEqualTo("AA");
                    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
                    // Its delivery waits for the partner, which reads the large one byte by byte.
                    Awaitility.await()
                            .atMost(Duration.ofSeconds(10))
                            .until(() -> sink.controlIds().contains(next));
                }
                assertThat(sink.received()).contains(large, many);
                engine.terminate();
                assertThat(engine.awaitExit()).isZero();
            }
        }
    }

    @Test
    @DisplayName("F14 F15 F16 R57 duplicates across a restart are forwarded once, other bytes are new")
    void shouldForwardDuplicatesOnceAcrossARestart() throws IOException {
        try (RecordingSink sink = new RecordingSink()) {
            EngineProcess.Plan plan = new EngineProcess.Plan(directory).to(sink.port());
            byte[] same = Facility.message("D.0", "P1", 300);
            byte[] left = Facility.message("G.0", "P2", 300);
            try (EngineProcess engine = plan.start()) {
                for (int n = 0; n < 50; n++) {
                    assertThat(Facility.send(plan.port, same)).isEqualTo("AA");
                }
                try (Socket socket = Facility.open(plan.port)) {
                    Frames.write(socket.getOutputStream(), left);
                }
                Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> sink.count() == 2);
                engine.kill();
            }
            try (EngineProcess engine = plan.start()) {
                for (int n = 0; n < 50; n++) {
                    assertThat(Facility.send(plan.port, same)).isEqualTo("AA");
                }
                assertThat(Facility.send(plan.port, left)).isEqualTo("AA");
                byte[] other = Facility.message("D.0", "P1", 310);
                assertThat(Facility.send(plan.port, other)).isEqualTo("AA");
                Awaitility.await()
                        .atMost(Duration.ofSeconds(10))
                        .until(() -> sink.received().stream().anyMatch(message -> message.length == other.length));
                engine.terminate();
                assertThat(engine.awaitExit()).isZero();
                // The kill may have come before a mark: then that delivery alone goes again.
                assertThat(sink.controlIds()).containsExactlyInAnyOrder("D.0", "G.0");
                assertThat(sink.count()).isBetween(3, 4);
            }
        }
    }

    @Test
    @DisplayName("F4 P5 a disk that stops writing: AR, no AA, still up, nothing acknowledged is lost")
    void shouldRefuseAndStayUpWhenTheStoreFails() throws IOException {
        try (RecordingSink sink = new RecordingSink()) {
            EngineProcess.Plan plan =
                    new EngineProcess.Plan(directory).to(sink.port()).with("RELAY_LANES", "2");
            // No file may grow past 3 MB: the log of the store hits that soon.
            plan.under("bash", "-c", "ulimit -f 3072; exec \"$@\"", "limited");
            try (Facility facility = new Facility(plan.port, Integer.MAX_VALUE).connect(4)) {
                try (EngineProcess engine = plan.start()) {
                    Awaitility.await("refusals")
                            .atMost(Duration.ofSeconds(40))
                            .until(() -> facility.refused().size() > 20);
                    assertThat(facility.refused().values()).containsOnly("AR");
                    byte[] late = Facility.message("Z.0", "PZ", 300);
                    assertThat(Facility.send(plan.port, late)).isEqualTo("AR");
                    facility.stop();
                    facility.awaitDone(Duration.ofSeconds(30));
                    assertThat(engine.isAlive()).isTrue();
                    assertThat(engine.log()).contains("nothing is accepted until the engine has been restarted");
                    int count = sink.count();
                    Awaitility.await().during(Duration.ofMillis(500)).until(() -> sink.count() == count);
                    engine.terminate();
                    engine.awaitExit();
                }
                plan.under();
                try (EngineProcess engine = plan.start()) {
                    Ledgers ledgers = new Ledgers(facility, sink).awaitDelivered(Duration.ofSeconds(30));
                    engine.terminate();
                    assertThat(engine.awaitExit()).isZero();
                    assertThat(facility.acknowledged()).isNotEmpty();
                    ledgers.checkLoss().checkStore(plan.data());
                }
            }
        }
    }
}
