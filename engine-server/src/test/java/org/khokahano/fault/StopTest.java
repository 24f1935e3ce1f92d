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
class StopTest {

    @TempDir
    private Path directory;

    @Test
    @DisplayName("F20 SIGTERM under load: answers, drains, ends with 0, and nothing goes twice")
    void shouldDrainAndEndWithZero() throws IOException {
        try (RecordingSink sink = new RecordingSink()) {
            EngineProcess.Plan plan =
                    new EngineProcess.Plan(directory).to(sink.port()).with("RELAY_LANES", "4");
            try (Facility facility = new Facility(plan.port, Integer.MAX_VALUE).connect(6)) {
                try (EngineProcess engine = plan.start()) {
                    awaitAcknowledged(facility, 500);
                    engine.terminate();
                    engine.terminate();
                    assertThat(engine.awaitExit()).as(engine.log()).isZero();
                    assertThat(engine.log()).contains("engine has stopped; 0 deliveries stay queued");
                    assertThat(sink.controlIds()).containsAll(facility.acknowledged());
                }
                try (EngineProcess engine = plan.start()) {
                    facility.stop();
                    facility.awaitDone(Duration.ofSeconds(30));
                    Ledgers ledgers = new Ledgers(facility, sink).awaitDelivered(Duration.ofSeconds(30));
                    engine.terminate();
                    assertThat(engine.awaitExit()).isZero();
                    ledgers.check().checkStore(plan.data());
                    assertThat(ledgers.repeated()).as("delivered twice").isEmpty();
                }
            }
        }
    }

    @Test
    @DisplayName("F20 a destination that is down does not keep the engine from stopping")
    void shouldNotWaitForADestinationThatIsDown() throws IOException {
        EngineProcess.Plan plan = new EngineProcess.Plan(directory).to(EngineProcess.freePort());
        try (EngineProcess engine = plan.start();
                Facility facility = new Facility(plan.port, 20).connect(2)) {
            facility.awaitDone(Duration.ofSeconds(20));
            long began = System.nanoTime();
            engine.terminate();
            assertThat(engine.awaitExit()).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
            assertThat(engine.log()).contains("20 deliveries stay queued for the next start");
        }
    }

    @Test
    @DisplayName("F20 P4 what a partner never answered is repeated after the restart, flagged")
    void shouldFlagWhatWasOutstandingWhenItStopped() throws IOException {
        try (RecordingSink sink = new RecordingSink()) {
            EngineProcess.Plan plan = new EngineProcess.Plan(directory).config(drainingFor("1s", sink.port()));
            try (Facility facility = new Facility(plan.port, 5).connect(1)) {
                sink.setAnswering(false);
                try (EngineProcess engine = plan.start()) {
                    facility.awaitDone(Duration.ofSeconds(20));
                    Awaitility.await().until(() -> sink.count() == 1);
                    engine.terminate();
                    assertThat(engine.awaitExit()).isZero();
                }
                sink.setAnswering(true);
                try (EngineProcess engine = plan.start()) {
                    Ledgers ledgers = new Ledgers(facility, sink).awaitDelivered(Duration.ofSeconds(20));
                    engine.terminate();
                    assertThat(engine.awaitExit()).isZero();
                    ledgers.check().checkStore(plan.data());
                    assertThat(ledgers.repeated()).hasSize(1);
                }
            }
        }
    }

    private static String drainingFor(String drain, int port) {
        return """
                engine: draining
                store: {embedded: {path: "${env:KHOKA_DATA}"}}
                admin: {listen: "127.0.0.1:${env:RELAY_ADMIN}"}
                shutdown: {drain: %s}
                listeners: {in: {mllp: {port: "${env:RELAY_IN}"}}}
                routes: {relay: {from: [in], to: [out]}}
                destinations: {out: {mllp: {host: 127.0.0.1, port: %d}}}
                """.formatted(drain, port);
    }

    static void awaitAcknowledged(Facility facility, int count) {
        Awaitility.await(count + " acknowledgements")
                .atMost(Duration.ofSeconds(30))
                .until(() -> facility.acknowledged().size() >= count);
    }
}
