package org.khokahano.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("crash")
class DestinationFaultTest {

    private static final int BACKLOG = Integer.getInteger("khoka.crash.backlog", 20_000);
    private static final Duration LONG = Duration.ofSeconds(90);

    @TempDir
    private Path directory;

    @Test
    @DisplayName("F9 F25 a backlog fits a heap of 64 MB, drains in order, and the other destination goes on")
    void shouldKeepALongBacklogOutOfMemory() throws IOException {
        try (RecordingSink down = new RecordingSink();
                RecordingSink up = new RecordingSink()) {
            EngineProcess.Plan plan = new EngineProcess.Plan(directory)
                    .config(twoDestinations(down.port(), up.port()))
                    .option("-Xmx64m");
            down.shut();
            try (EngineProcess engine = plan.start();
                    Facility facility = new Facility(plan.port, BACKLOG).connect(24)) {
                facility.awaitDone(LONG);
                assertThat(facility.refused()).isEmpty();
                Ledgers unaffected = new Ledgers(facility, up).awaitDelivered(Duration.ofSeconds(10));
                assertThat(down.count()).isZero();
                down.open();
                Ledgers drained = new Ledgers(facility, down).awaitDelivered(LONG);
                engine.terminate();
                assertThat(engine.awaitExit()).as(engine.log()).isZero();
                unaffected.check();
                drained.check().checkStore(plan.data(), 2);
                assertThat(unaffected.repeated()).isEmpty();
                assertThat(drained.repeated()).isEmpty();
            }
        }
    }

    @Test
    @DisplayName("F10 R27 a partner that takes and never answers keeps only its own lane waiting")
    void shouldKeepOtherLanesGoingBesideABlackHole() throws IOException {
        try (RecordingSink silent = new RecordingSink();
                RecordingSink up = new RecordingSink()) {
            EngineProcess.Plan plan =
                    new EngineProcess.Plan(directory).config(twoDestinations(silent.port(), up.port()));
            silent.setAnswering(false);
            try (EngineProcess engine = plan.start();
                    Facility facility = new Facility(plan.port, 400).connect(4)) {
                facility.awaitDone(LONG);
                Ledgers unaffected = new Ledgers(facility, up).awaitDelivered(Duration.ofSeconds(5));
                Awaitility.await("sent again after the time-out")
                        .atMost(Duration.ofSeconds(10))
                        .until(() -> silent.count() >= 2);
                assertThat(silent.controlIds()).as("nothing overtakes").hasSize(1);
                silent.setAnswering(true);
                Ledgers late = new Ledgers(facility, silent).awaitDelivered(Duration.ofSeconds(30));
                engine.terminate();
                assertThat(engine.awaitExit()).isZero();
                unaffected.check();
                late.check().checkStore(plan.data(), 2);
            }
        }
    }

    private static String twoDestinations(int first, int second) {
        return """
                engine: two
                store: {embedded: {path: "${env:KHOKA_DATA}"}}
                admin: {listen: "127.0.0.1:${env:RELAY_ADMIN}"}
                listeners: {in: {mllp: {port: "${env:RELAY_IN}"}}}
                routes: {both: {from: [in], to: [first, second]}}
                destinations:
                  first:
                    mllp: {host: 127.0.0.1, port: %d, ackTimeout: 1s}
                    retry: {first: 50ms, max: 300ms}
                  second:
                    mllp: {host: 127.0.0.1, port: %d}
                """.formatted(first, second);
    }
}
