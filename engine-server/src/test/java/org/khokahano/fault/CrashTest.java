package org.khokahano.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("crash")
class CrashTest {

    private static final int CYCLES = Integer.getInteger("khoka.crash.cycles", 12);
    private static final int HITS = Integer.getInteger("khoka.crash.hits", 2);
    private static final int CONNECTIONS = 6;
    private static final Duration DRAIN_WITHIN = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    @Test
    @DisplayName("F1 P1 P2 P3 P4 P6 kill -9 at random points under load loses, invents and reorders nothing")
    void shouldLoseNothingWhenKilledAtRandomPoints() throws IOException {
        long seed = Long.getLong("khoka.crash.seed", System.nanoTime());
        System.out.println("F1 seed " + seed);
        Random random = new Random(seed);
        try (RecordingSink sink = new RecordingSink()) {
            EngineProcess.Plan plan =
                    new EngineProcess.Plan(directory).to(sink.port()).with("RELAY_LANES", "4");
            try (Facility facility = new Facility(plan.port, Integer.MAX_VALUE).connect(CONNECTIONS)) {
                for (int cycle = 0; cycle < CYCLES; cycle++) {
                    try (EngineProcess engine = plan.start()) {
                        pause(random.nextInt(900));
                        engine.kill();
                    }
                }
                assertThat(facility.acknowledged()).as("it was under load").hasSizeGreaterThan(CYCLES);
                finish(plan, facility, sink);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(FaultyEngine.Step.class)
    @DisplayName("F2 kill at a named step loses, invents and reorders nothing")
    void shouldLoseNothingWhenKilledAt(FaultyEngine.Step step) throws IOException {
        Random random = new Random();
        try (RecordingSink sink = new RecordingSink()) {
            EngineProcess.Plan plan = new EngineProcess.Plan(directory).config(smallMemory(sink.port()));
            try (Facility facility = new Facility(plan.port, Integer.MAX_VALUE).connect(CONNECTIONS)) {
                plan.main(FaultyEngine.class);
                for (int hit = 0; hit < HITS; hit++) {
                    int count = 20 + random.nextInt(200);
                    killAt(step, count, plan, facility, sink);
                }
                plan.main(org.khokahano.cli.Khoka.class);
                plan.with("FAULT_STEP", "");
                finish(plan, facility, sink);
            }
        }
    }

    /** Runs the engine until it dies at the step, by itself or from the peer's side. */
    private static void killAt(
            FaultyEngine.Step step, int count, EngineProcess.Plan plan, Facility facility, RecordingSink sink) {
        plan.with("FAULT_STEP", step.name()).with("FAULT_COUNT", Integer.toString(count));
        int acknowledgedBefore = facility.acknowledged().size();
        int receivedBefore = sink.count();
        try (EngineProcess engine = plan.launch()) {
            if (step == FaultyEngine.Step.ACKNOWLEDGED) {
                facility.afterAnswer(acknowledged -> {
                    if (acknowledged >= acknowledgedBefore + count) {
                        engine.close();
                    }
                });
            } else if (step == FaultyEngine.Step.DELIVERING) {
                sink.beforeAnswer(received -> {
                    if (received >= receivedBefore + count) {
                        engine.close();
                    }
                });
            }
            int exit = engine.awaitExit();
            assertThat(exit).as("killed at %s; its log: %s", step, engine.log()).isEqualTo(137);
        } finally {
            facility.afterAnswer(acknowledged -> {});
            sink.beforeAnswer(received -> {});
        }
    }

    /** The last life: takes what still comes, delivers all, ends in order; then the ledgers. */
    private static void finish(EngineProcess.Plan plan, Facility facility, RecordingSink sink) {
        try (EngineProcess engine = plan.start()) {
            facility.stop();
            facility.awaitDone(Duration.ofSeconds(30));
            Ledgers ledgers = new Ledgers(facility, sink).awaitDelivered(DRAIN_WITHIN);
            engine.terminate();
            assertThat(engine.awaitExit()).isZero();
            ledgers.check().checkStore(plan.data());
            System.out.println(facility.acknowledged().size() + " acknowledged, "
                    + ledgers.repeated().size() + " delivered again and flagged");
        }
    }

    /** A relay whose lanes keep almost nothing in memory, so that they page all the time. */
    private static String smallMemory(int port) {
        return """
                engine: small
                store: {embedded: {path: "${env:KHOKA_DATA}"}}
                admin: {listen: "127.0.0.1:${env:RELAY_ADMIN}"}
                listeners: {in: {mllp: {port: "${env:RELAY_IN}"}}}
                routes: {relay: {from: [in], to: [out]}}
                destinations:
                  out:
                    mllp: {host: 127.0.0.1, port: %d, window: 2}
                    order: {key: PID-3.1, lanes: 2}
                    memory: {messages: 2}
                    retry: {first: 50ms, max: 500ms}
                """.formatted(port);
    }

    private static void pause(int millis) {
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }
}
