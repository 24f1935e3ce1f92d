package org.khokahano.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.khokahano.store.contract.Letters.message;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.event.EngineEvents;
import org.khokahano.loop.EngineClock;
import org.khokahano.store.AppendResult;
import org.khokahano.store.AppendResult.Outcome;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.Mark;
import org.khokahano.store.NewDelivery;
import org.khokahano.store.StoreException;
import org.khokahano.store.contract.Letters;
import org.khokahano.store.contract.RecordingQueue;
import org.khokahano.store.contract.StoreSession;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What the writer makes of each way in which a commit can fail. */
@Tag("disk")
final class StorageFailureTest {

    @TempDir
    Path directory;

    private final AtomicReference<@Nullable Throwable> next = new AtomicReference<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();

    private StoreSession open() {
        EngineEvents events = new EngineEvents() {
            @Override
            public void storeFailed(String reason) {
                failures.add(reason);
            }
        };
        return new StoreSession(SqliteMessageStore.open(SqliteStoreSettings.in(directory), events, step -> {
            boolean fails = step == WriterStep.WRITTEN || step == WriterStep.PRUNING;
            Throwable problem = fails ? next.getAndSet(null) : null;
            if (problem instanceof SQLException e) {
                throw e;
            } else if (problem instanceof Error e) {
                throw e;
            } else if (problem instanceof RuntimeException e) {
                throw e;
            }
        }));
    }

    private static SQLiteException sqlite(SQLiteErrorCode code) {
        return new SQLiteException("scripted", code);
    }

    @Test
    @DisplayName("F4 P5 a failed fsync closes the store for good, is told once, and keeps what was stored")
    void shouldCloseForGoodWhenACommitFails() {
        try (StoreSession session = open()) {
            RecordingQueue queue = session.recordingQueue();
            session.append(message("1", "one", NewDelivery.asReceived("lis", 0)));
            next.set(sqlite(SQLiteErrorCode.SQLITE_IOERR_FSYNC));

            AppendResult refused = session.append(message("2", "two"));
            assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(refused.reason()).contains("SQLITE_IOERR_FSYNC");
            assertThat(session.append(message("3", "three")).outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(failures).containsExactly("the store failed to commit (SQLITE_IOERR_FSYNC)");
            assertThat(session.page("lis", 1, 0, 0, 10, 1_000).failed()).isTrue();
            session.mark(Mark.decision(1, DeliveryState.SKIPPED, Letters.NOON, "cannot be written"));
        }
        try (StoreSession session = open()) {
            assertThat(((SqliteMessageStore) session.store()).wasClosedCleanly())
                    .isFalse();
            assertThat(session.queued("lis")).hasSize(1);
            assertThat(session.append(message("2", "two")).outcome()).isEqualTo(Outcome.STORED);
        }
    }

    @Test
    @DisplayName("F4 P5 a commit of retention that fails closes the store as one of messages does")
    void shouldCloseForGoodWhenACommitOfRetentionFails() {
        SqliteStoreSettings settings = SqliteStoreSettings.in(directory);
        RetentionSettings keep = RetentionSettings.keeping(
                Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(30));
        try (StoreSession session = open();
                SqliteMessageArchive archive = SqliteMessageArchive.open(settings)) {
            Retention retention = ((SqliteMessageStore) session.store()).retention(keep, archive, EngineClock.system());
            next.set(sqlite(SQLiteErrorCode.SQLITE_IOERR_FSYNC));

            assertThatThrownBy(retention::prune).isInstanceOf(StoreException.class);
            assertThat(session.append(message("1", "one")).outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(failures).containsExactly("the store failed to commit (SQLITE_IOERR_FSYNC)");
        }
    }

    @Test
    @DisplayName("P5 an error in the writer itself is told, refused and never silent")
    void shouldRefuseAndReportAnErrorInTheWriter() {
        try (StoreSession session = open()) {
            next.set(new OutOfMemoryError("scripted"));

            assertThat(session.append(message("1", "one")).outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(session.append(message("2", "two")).outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(failures).containsExactly("the store's writer failed (OutOfMemoryError)");
        }
    }

    @Test
    @DisplayName("F5 a full disk refuses, keeps the marks for later, and passes by itself")
    void shouldKeepMarksAndResumeAfterAFullDisk() {
        try (StoreSession session = open()) {
            RecordingQueue queue = session.recordingQueue();
            session.append(message("1", "one", NewDelivery.asReceived("lis", 0)));
            await().until(() -> queue.ids().size() == 1);
            next.set(sqlite(SQLiteErrorCode.SQLITE_FULL));
            session.mark(Mark.decision(queue.ids().get(0), DeliveryState.SKIPPED, Letters.NOON, "by an operator"));

            await().until(() -> session.append(message("2", "two")).outcome() != Outcome.REFUSED);
            await().untilAsserted(() ->
                    assertThat(session.store().backlog("lis", 1)[0].depth()).isZero());
            assertThat(failures).isEmpty();
        }
    }

    @Test
    @DisplayName("R57 what a failed commit added is forgotten again, what was before is not")
    void shouldForgetWhatAFailedCommitAdded() {
        try (StoreSession session = open()) {
            long first = session.append(message("1", "one")).messageId();
            next.set(sqlite(SQLiteErrorCode.SQLITE_BUSY));
            assertThat(session.append(message("1", "uno")).outcome()).isEqualTo(Outcome.REFUSED);

            assertThat(session.append(message("1", "one"))).isEqualTo(AppendResult.duplicate(first, Letters.NOON, 0));
            AppendResult other = session.append(message("1", "uno"));
            assertThat(other.outcome()).isEqualTo(Outcome.STORED);
            assertThat(other.sameIdOtherBytes()).isTrue();
            assertThat(other.messageId()).isEqualTo(first + 1);
        }
    }

    @Test
    @DisplayName("P5 names that a failed commit added are added again")
    void shouldAddNamesAgainAfterAFailedCommit() {
        try (StoreSession session = open()) {
            RecordingQueue queue = session.recordingQueue();
            next.set(sqlite(SQLiteErrorCode.SQLITE_FULL));
            session.append(message("1", "one", NewDelivery.asReceived("lis", 0)));
            await().until(() -> session.append(message("2", "two", NewDelivery.asReceived("lis", 0)))
                            .outcome()
                    == Outcome.STORED);
            assertThat(session.queued("lis")).hasSize(1);
        }
        assertThat(new StoreMaintenance(MaintenanceProgress.NONE)
                        .verify(directory)
                        .findings())
                .isEmpty();
    }
}
