package org.khokahano.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.khokahano.store.contract.Letters.NOON;
import static org.khokahano.store.contract.Letters.message;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.event.EngineEvents;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.NewDelivery;
import org.khokahano.store.StoreException;
import org.khokahano.store.contract.RecordingQueue;
import org.khokahano.store.contract.StoreSession;

@Tag("disk")
final class StoreMaintenanceTest {

    @TempDir
    Path directory;

    private final List<String> steps = new ArrayList<>();
    private final StoreMaintenance maintenance = new StoreMaintenance((step, done, total) -> {
        if (!steps.contains(step)) {
            steps.add(step);
        }
    });
    private Path data;
    private Path journal;

    @BeforeEach
    void fill() {
        data = directory.resolve("data");
        journal = data.resolve("journal.db");
        try (StoreSession session = open()) {
            append(session, 0, 200);
        }
    }

    private StoreSession open() {
        return new StoreSession(SqliteMessageStore.open(SqliteStoreSettings.in(data), new EngineEvents() {}));
    }

    private static void append(StoreSession session, int from, int to) {
        RecordingQueue queue = session.recordingQueue();
        for (int i = from; i < to; i++) {
            session.append(message("" + i, "message" + i + "x".repeat(500), NewDelivery.asReceived("lis", 0)));
        }
    }

    private void sql(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + journal);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void flip(String text) throws IOException {
        byte[] bytes = Files.readAllBytes(journal);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
        assertThat(at).isPositive();
        bytes[at] ^= 1;
        Files.write(journal, bytes);
    }

    @Test
    @DisplayName("F7 a sound store has no findings, and every part tells how far it is")
    void shouldFindNothingInASoundStore() {
        StoreReport report = maintenance.verify(data);

        assertThat(report.findings()).isEmpty();
        assertThat(report.isSound()).isTrue();
        assertThat(report.messages()).isEqualTo(200);
        assertThat(report.bodies()).isEqualTo(200);
        assertThat(report.deliveries()).isEqualTo(200);
        assertThat(steps)
                .containsExactly(
                        "pages",
                        "messages",
                        "bodies",
                        "deliveries",
                        "payloads",
                        "quarantine",
                        "conformance",
                        "fragments");
    }

    @Test
    @DisplayName("F7 one flipped bit in a message is found and named")
    void shouldFindAFlippedBitInABody() throws IOException {
        flip("message77x");

        StoreReport report = maintenance.verify(data);
        assertThat(report.isSound()).isFalse();
        assertThat(report.findings())
                .extracting(StoreFinding::toString)
                .containsExactly("DAMAGE body 78: its bytes are not those that were stored (checksum)");
    }

    @Test
    @DisplayName("F7 a truncated file is found")
    void shouldFindATruncation() throws IOException {
        byte[] bytes = Files.readAllBytes(journal);
        Files.write(journal, Arrays.copyOf(bytes, bytes.length / 2));
        assertThat(maintenance.verify(data).isSound()).isFalse();
    }

    @Test
    @DisplayName("F7 a destroyed page and a destroyed first page are found")
    void shouldFindDestroyedPages() throws IOException {
        byte[] bytes = Files.readAllBytes(journal);
        byte[] later = bytes.clone();
        Arrays.fill(later, bytes.length / 4096 / 2 * 4096, bytes.length / 4096 / 2 * 4096 + 4096, (byte) 0x5A);
        Files.write(journal, later);
        assertThat(maintenance.verify(data).isSound()).isFalse();

        Arrays.fill(bytes, 0, 100, (byte) 0);
        Files.write(journal, bytes);
        assertThat(maintenance.verify(data).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.text()).contains("is not a database"));
        assertThatThrownBy(this::open).isInstanceOf(StoreException.class).hasMessageContaining("is not a database");
    }

    @Test
    @DisplayName("F7 what is missing is named: bodies, messages, deliveries, names; what is pruned is not")
    void shouldNameWhatIsMissing() throws SQLException {
        sql("DELETE FROM body WHERE message_id IN (5, 6)");
        sql("UPDATE delivery SET state = 3 WHERE message_id = 6");
        sql("DELETE FROM message WHERE id = 9");
        sql("DELETE FROM delivery WHERE message_id = 11");
        sql("UPDATE delivery SET destination = 99 WHERE message_id = 13");

        StoreReport report = maintenance.verify(data);
        assertThat(report.prunedBodies()).isEqualTo(2);
        assertThat(report.findings())
                .extracting(StoreFinding::place)
                .contains("delivery 5", "delivery 9", "body 9", "message 11", "delivery 13", "message")
                .doesNotContain("delivery 6");
    }

    @Test
    @DisplayName("F7 a log whose file is missing is never thrown away")
    void shouldRefuseALogWithoutItsFile() throws IOException {
        Files.copy(journal, data.resolve("journal.db-wal"));
        Files.delete(journal);

        assertThatThrownBy(this::open).isInstanceOf(StoreException.class).hasMessageContaining("restore a backup");
        assertThat(data.resolve("journal.db-wal")).exists();
    }

    @Test
    @DisplayName("F22 a newer store is refused in clear words and not touched")
    void shouldRefuseANewerStoreUntouched() throws Exception {
        sql("PRAGMA user_version = 99");
        byte[] before = Files.readAllBytes(journal);

        assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("schema version 99")
                .hasMessageContaining("run the newer engine");
        assertThat(Files.readAllBytes(journal)).isEqualTo(before);
    }

    @Test
    @DisplayName("F22 another program's database is refused in clear words and not touched")
    void shouldRefuseAForeignDatabaseUntouched() throws Exception {
        Files.delete(journal);
        sql("CREATE TABLE guest (name TEXT)");
        byte[] before = Files.readAllBytes(journal);

        assertThatThrownBy(this::open).isInstanceOf(StoreException.class).hasMessageContaining("another program");
        assertThat(Files.readAllBytes(journal)).isEqualTo(before);
    }

    @Test
    void shouldCountWhatTheStoreHolds() throws SQLException {
        sql("UPDATE delivery SET state = 4 WHERE id <= 3");
        StoreInfo info = maintenance.info(data);

        assertThat(info.schemaVersion()).isEqualTo(JournalSchema.currentVersion());
        assertThat(info.messages()).isEqualTo(200);
        assertThat(info.lastMessageId()).isEqualTo(200);
        assertThat(info.oldestMillis()).isEqualTo(NOON);
        assertThat(info.deliveriesIn(DeliveryState.QUEUED)).isEqualTo(197);
        assertThat(info.deliveries()).contains(new StoreInfo.DeliveryCount("lis", DeliveryState.DEAD_LETTER, 3));
        assertThat(info.fileBytes()).isEqualTo(info.pages() * 4096);
    }

    @Test
    @DisplayName("F23 a backup under load is consistent, sound and says how far it goes; restored, it runs")
    void shouldBackUpUnderLoadAndRestore() throws Exception {
        Path target = directory.resolve("backup.db");
        BackupReport backup;
        try (StoreSession session = open()) {
            AtomicBoolean goOn = new AtomicBoolean(true);
            CompletableFuture<Void> load = CompletableFuture.runAsync(() -> {
                for (int i = 1_000; goOn.get(); i += 10) {
                    append(session, i, i + 10);
                }
            });
            backup = maintenance.backup(data, target);
            goOn.set(false);
            StoreSession.get(load);
        }
        assertThat(backup.info().lastMessageId()).isGreaterThanOrEqualTo(200);
        assertThat(backup.info().messages()).isEqualTo(backup.info().lastMessageId());
        assertThat(backup.report().isSound()).isTrue();
        assertThat(directory.resolve("backup.db.part")).doesNotExist();

        Path elsewhere = directory.resolve("elsewhere");
        maintenance.restore(target, elsewhere, false);
        try (StoreSession session =
                new StoreSession(SqliteMessageStore.open(SqliteStoreSettings.in(elsewhere), new EngineEvents() {}))) {
            assertThat(session.queued("lis")).hasSize((int) backup.info().messages());
            assertThat(((SqliteMessageStore) session.store()).wasClosedCleanly())
                    .isFalse();
        }
    }

    @Test
    @DisplayName("F23 a backup replaces no file, and a damaged store is not backed up as sound")
    void shouldRefuseToReplaceAFileOrToCopyDamage() throws IOException {
        Path target = Files.writeString(directory.resolve("backup.db"), "precious");
        assertThatThrownBy(() -> maintenance.backup(data, target)).hasMessageContaining("exists");
        assertThat(target).hasContent("precious");

        flip("message77x");
        Path other = directory.resolve("other.db");
        assertThatThrownBy(() -> maintenance.backup(data, other)).hasMessageContaining("body 78");
        assertThat(other).doesNotExist();
        assertThat(directory.resolve("other.db.part")).doesNotExist();
    }

    @Test
    @DisplayName("F23 a restore refuses a directory in use or not empty, and puts aside what it replaces")
    void shouldRestoreOnlyWhereItMay() {
        Path target = directory.resolve("backup.db");
        maintenance.backup(data, target);
        try (StoreSession session = open()) {
            append(session, 300, 310);
            assertThatThrownBy(() -> maintenance.restore(target, data, true)).hasMessageContaining("in use by");
        }
        assertThatThrownBy(() -> maintenance.restore(target, data, false)).hasMessageContaining("not empty");

        BackupReport restored = maintenance.restore(target, data, true);
        assertThat(restored.info().messages()).isEqualTo(200);
        assertThat(restored.setAside())
                .hasValueSatisfying(
                        aside -> assertThat(maintenance.info(aside).messages()).isEqualTo(210));
    }

    @Test
    @DisplayName("F23 wherever a restore is cut off, the old store is whole or the cut is seen, and it can be repeated")
    void shouldBeSeenAndRepeatedWhenARestoreIsCutOff() {
        Path target = directory.resolve("backup.db");
        maintenance.backup(data, target);
        int cuts = 0;
        for (boolean cut = true; cut; cuts++) {
            int cutAt = cuts;
            AtomicInteger steps = new AtomicInteger();
            StoreMaintenance dying = new StoreMaintenance((step, done, total) -> {
                if (step.equals("replacing") && steps.getAndIncrement() == cutAt) {
                    throw new IllegalStateException("cut off");
                }
            });
            try {
                dying.restore(target, data, true);
                cut = false;
            } catch (IllegalStateException e) {
                shouldSeeTheCutOrHaveTheOldStore(target, cutAt);
            }
            maintenance.restore(target, data, true);
            assertThat(maintenance.info(data).messages()).isEqualTo(200);
            assertThat(data.resolve("journal.db.restored")).doesNotExist();
            try (StoreSession session = open()) {
                append(session, 300 + cutAt, 301 + cutAt);
            }
        }
        assertThat(cuts).isGreaterThan(3);
    }

    private void shouldSeeTheCutOrHaveTheOldStore(Path backup, int cutAt) {
        if (cutAt == 0) {
            try (StoreSession session = open()) {
                assertThat(session.append(message("x", "x")).messageId()).isEqualTo(201);
            }
            return;
        }
        assertThatThrownBy(this::open)
                .as("cut %s", cutAt)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("repeat it with --force");
        assertThatThrownBy(() -> maintenance.restore(backup, data, false)).hasMessageContaining("repeat it with");
        assertThatThrownBy(() -> maintenance.info(data)).isInstanceOf(StoreException.class);
    }

    @Test
    @DisplayName("F23 a report names the file that was asked for, not the one it was written as")
    void shouldReportTheFinalName() {
        Path target = directory.resolve("backup.db");
        assertThat(maintenance.backup(data, target).report().file()).isEqualTo(target);
        assertThat(maintenance.restore(target, data, true).report().file()).isEqualTo(data.resolve("journal.db"));
    }

    @Test
    @DisplayName("F23 a damaged backup is not restored")
    void shouldNotRestoreADamagedBackup() throws IOException {
        Path target = directory.resolve("backup.db");
        maintenance.backup(data, target);
        journal = target;
        flip("message10x");
        Path elsewhere = directory.resolve("elsewhere");

        assertThatThrownBy(() -> maintenance.restore(target, elsewhere, false)).hasMessageContaining("body 11");
        assertThat(elsewhere.resolve("journal.db")).doesNotExist();
    }

    @Test
    void shouldSayWhereThereIsNoStore() {
        assertThatThrownBy(() -> maintenance.info(directory.resolve("nowhere")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("there is no store at");
    }
}
