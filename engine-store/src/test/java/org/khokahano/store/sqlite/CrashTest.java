package org.khokahano.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.khokahano.event.EngineEvents;

/** Real processes, really killed; {@code -Dkhoka.crash.cycles=N} sets how often, of both kinds. */
@Tag("crash")
final class CrashTest {

    private static final int CYCLES = Integer.getInteger("khoka.crash.cycles", 8);

    @TempDir
    Path directory;

    private final Map<Long, Integer> acknowledged = new TreeMap<>();
    private int next;

    @Test
    @DisplayName("F1 P1 kill -9 at random points: nothing that was acknowledged is missing, ids rise")
    void shouldHoldAllThatWasAcknowledgedWhenKilledAnywhere() throws Exception {
        long seed = Long.getLong("khoka.crash.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            String where = "cycle " + cycle + ", -Dkhoka.crash.seed=" + seed;
            try (ChildProcess child = ChildProcess.start(directory, next, "none", 0, 60, Map.of())) {
                int some = 1 + random.nextInt(400);
                await(where).atMost(Duration.ofSeconds(20)).until(() -> child.stored.size() >= some);
                child.kill();
                check(child, where);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = WriterStep.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"PRUNING", "PRUNED"})
    @DisplayName("F2 P1 death at each named step of the writer")
    void shouldHoldAllThatWasAcknowledgedWhenKilledAt(WriterStep step) throws Exception {
        boolean ofCheckpoint = step == WriterStep.CHECKPOINTING || step == WriterStep.CHECKPOINTED;
        int cycles = Math.max(2, CYCLES / 4);
        for (int cycle = 0; cycle < cycles; cycle++) {
            int passes = ofCheckpoint ? 0 : 3 + 20 * cycle;
            try (ChildProcess child = ChildProcess.start(directory, next, step.name(), passes, 60, Map.of())) {
                child.awaitEnd(40);
                check(child, step + " cycle " + cycle);
            }
        }
    }

    /** Opens what was left, compares it with what was said, and verifies the file. */
    private void check(ChildProcess child, String where) throws SQLException {
        assertThat(child.stored).as(where).isNotEmpty();
        assertThat(child.stored).as(where).extracting(ChildProcess.Stored::id).isSorted();
        assertThat(child.refusedNanos).as(where).isEmpty();
        child.numbersById()
                .forEach((id, number) -> assertThat(acknowledged.put(id, number))
                        .as("%s: id %d given twice", where, id)
                        .isNull());
        next = child.stored.get(child.stored.size() - 1).number() + 1_000;

        StoreReport report = new StoreMaintenance(MaintenanceProgress.NONE).verify(directory);
        assertThat(report.findings()).as(where).isEmpty();
        Map<Long, Integer> held = held();
        acknowledged.forEach(
                (id, number) -> assertThat(held).as("%s: acknowledged", where).containsEntry(id, number));
        assertThat(unmarkedButDelivered(child))
                .as("%s: delivered, never marked", where)
                .isZero();
    }

    private Map<Long, Integer> held() throws SQLException {
        Map<Long, Integer> held = new HashMap<>();
        try (Connection connection = SqliteConnections.openReader(directory.resolve("journal.db"));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT message_id, substr(bytes, 1, 20) FROM body")) {
            while (rows.next()) {
                String text = new String(rows.getBytes(2), StandardCharsets.US_ASCII);
                held.put(rows.getLong(1), Integer.parseInt(text.substring(0, text.indexOf('|'))));
            }
        }
        return held;
    }

    /** Only even deliveries are marked: an odd one that counts as delivered would be lost. */
    private long unmarkedButDelivered(ChildProcess child) throws SQLException {
        assertThat(child.marked).allMatch(id -> id % 2 == 0);
        try (Connection connection = SqliteConnections.openReader(directory.resolve("journal.db"));
                Statement statement = connection.createStatement()) {
            return JournalFile.number(statement, "SELECT count(*) FROM delivery WHERE state <> 2 AND id % 2 = 1");
        }
    }

    @Test
    @DisplayName("F24 a second process is refused, and told which one holds the directory")
    void shouldNameTheProcessThatHoldsTheDirectory() throws IOException {
        try (ChildProcess child = ChildProcess.start(directory, 0, "none", 0, 60, Map.of())) {
            await().atMost(Duration.ofSeconds(20)).until(() -> !child.stored.isEmpty());
            assertThatThrownBy(() -> SqliteMessageStore.open(SqliteStoreSettings.in(directory), new EngineEvents() {}))
                    .hasMessageContaining("in use by the process " + child.pid());
            assertThat(child.isAlive()).isTrue();
        }
    }
}
