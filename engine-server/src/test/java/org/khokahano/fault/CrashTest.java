package org.khokahano.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.khokahano.store.sqlite.MaintenanceProgress;
import org.khokahano.store.sqlite.StoreMaintenance;

@Tag("crash")
class CrashTest {

    private static final int CYCLES = Integer.getInteger("khoka.crash.cycles", 12);
    private static final int HITS = Integer.getInteger("khoka.crash.hits", 2);
    private static final int CONNECTIONS = 6;
    private static final int OLD_MESSAGES = 1_500;
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
    @EnumSource(
            value = FaultyEngine.Step.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"PRUNING", "STAGING", "PREPARING", "KEEPING", "SWITCHING", "TAKING_OVER"})
    @DisplayName("F2 kill at a named step loses, invents and reorders nothing")
    void shouldLoseNothingWhenKilledAt(FaultyEngine.Step step) throws IOException {
        Random random = new Random();
        try (RecordingSink sink = new RecordingSink()) {
            EngineProcess.Plan plan = new EngineProcess.Plan(directory).config(smallMemory(sink.port()));
            try (Facility facility = new Facility(plan.port, Integer.MAX_VALUE).connect(CONNECTIONS)) {
                plan.main(FaultyEngine.class);
                for (int hit = 0; hit < HITS; hit++) {
                    // Checkpoints are rare: few looks see one, and it takes thousands of messages.
                    int count = step == FaultyEngine.Step.CHECKPOINTING ? 2 + hit : 20 + random.nextInt(200);
                    killAt(step, count, plan, facility, sink);
                }
                plan.main(org.khokahano.cli.Khoka.class);
                plan.with("FAULT_STEP", "");
                finish(plan, facility, sink);
            }
        }
    }

    @Test
    @DisplayName("F2 F28 kill while retention prunes under load loses nothing that it may not remove, and it goes on")
    void shouldLoseNothingWhenKilledWhilePruning() throws Exception {
        EngineProcess.Plan plan = new EngineProcess.Plan(directory);
        try (RecordingSink sink = new RecordingSink()) {
            plan.config(smallMemory(sink.port()));
            fillWithOldMessages(plan, sink);
        }
        try (RecordingSink sink = new RecordingSink()) {
            plan.config(smallMemory(sink.port()));
            try (Facility facility = new Facility(plan.port, Integer.MAX_VALUE).connect(CONNECTIONS)) {
                plan.main(FaultyEngine.class);
                for (int hit = 0; hit < HITS; hit++) {
                    assertThat(oldBodies(plan)).as("left to prune").isPositive();
                    killAt(FaultyEngine.Step.PRUNING, 2 + hit, plan, facility, sink);
                }
                plan.main(org.khokahano.cli.Khoka.class);
                plan.with("FAULT_STEP", "");
                finish(
                        plan,
                        facility,
                        sink,
                        () -> await("retention to go on where it was killed")
                                .atMost(DRAIN_WITHIN)
                                .until(() -> oldBodies(plan) == 0));
            }
        }
    }

    /** Delivers messages in a first life, and makes them a year old. */
    private static void fillWithOldMessages(EngineProcess.Plan plan, RecordingSink sink) throws Exception {
        try (EngineProcess engine = plan.start();
                Socket socket = Facility.open(plan.port)) {
            InputStream answers = new BufferedInputStream(socket.getInputStream());
            for (int i = 0; i < OLD_MESSAGES; i++) {
                Frames.write(socket.getOutputStream(), Facility.message("OLD." + i, "OLD" + i % 7, 2_000));
                assertThat(Frames.field(Frames.read(answers), "MSA", 1)).isEqualTo("AA");
            }
            await().atMost(DRAIN_WITHIN).until(() -> sink.count() >= OLD_MESSAGES);
            engine.terminate();
            assertThat(engine.awaitExit()).isZero();
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + journal(plan));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE message SET at = at - 366 * 86400000");
        }
    }

    private static long oldBodies(EngineProcess.Plan plan) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + journal(plan));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM message m JOIN body b"
                        + " ON b.message_id = m.id WHERE m.control_id LIKE 'OLD.%'")) {
            return row.getLong(1);
        }
    }

    private static Path journal(EngineProcess.Plan plan) {
        return plan.data().resolve("journal.db");
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
        finish(plan, facility, sink, () -> {});
    }

    private static void finish(EngineProcess.Plan plan, Facility facility, RecordingSink sink, Runnable underLoad) {
        try (EngineProcess engine = plan.start()) {
            underLoad.run();
            facility.stop();
            facility.awaitDone(Duration.ofSeconds(30));
            Ledgers ledgers = new Ledgers(facility, sink).awaitDelivered(DRAIN_WITHIN);
            engine.terminate();
            assertThat(engine.awaitExit()).isZero();
            ledgers.check().checkStore(plan.data());
            assertThat(new StoreMaintenance(MaintenanceProgress.NONE)
                            .verify(plan.data())
                            .isSound())
                    .isTrue();
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
