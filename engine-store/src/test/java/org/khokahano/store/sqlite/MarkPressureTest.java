package org.khokahano.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.khokahano.store.contract.Letters.message;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.event.EngineEvents;
import org.khokahano.send.OutcomeKind;
import org.khokahano.send.SendOutcome;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.Mark;
import org.khokahano.store.NewDelivery;
import org.khokahano.store.contract.Letters;
import org.khokahano.store.contract.RecordingQueue;
import org.khokahano.store.contract.StoreSession;

/** What lanes are told while the disk does not answer. */
@Tag("unit")
final class MarkPressureTest {

    private static final SendOutcome TIMEOUT = SendOutcome.withoutAnswer(OutcomeKind.TIMEOUT, "no answer", true);

    @TempDir
    Path directory;

    private final CountDownLatch answers = new CountDownLatch(1);
    private final CountDownLatch hangs = new CountDownLatch(1);
    private volatile boolean hanging;

    private StoreSession open() {
        return new StoreSession(
                SqliteMessageStore.open(SqliteStoreSettings.in(directory), new EngineEvents() {}, step -> {
                    if (hanging && step == WriterStep.WRITTEN) {
                        hangs.countDown();
                        waitForDisk();
                    }
                }));
    }

    private void waitForDisk() {
        try {
            assertThat(answers.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @DisplayName("P4 F4 marks that wait for a disk that hangs are bounded, and lanes are told when it answers")
    void shouldBoundTheMarksThatWaitForAHangingDisk() throws InterruptedException {
        try (StoreSession session = open()) {
            RecordingQueue queue = session.recordingQueue();
            session.append(message("1", "one", NewDelivery.asReceived("lis", 0)));
            await().until(() -> queue.ids().size() == 1);
            long delivery = queue.ids().get(0);
            hanging = true;
            session.mark(tried(delivery, 1));
            assertThat(hangs.await(60, TimeUnit.SECONDS)).isTrue();
            for (int attempt = 2; attempt < GroupCommit.MAX_WAITING_MARKS; attempt++) {
                session.mark(tried(delivery, attempt));
            }
            assertThat(session.store().isBehindOnMarks()).isFalse();
            session.mark(tried(delivery, GroupCommit.MAX_WAITING_MARKS));
            assertThat(session.store().isBehindOnMarks())
                    .as("those in the commit that hangs count, too")
                    .isTrue();
            CompletableFuture<Boolean> relief = new CompletableFuture<>();
            session.store()
                    .whenMarksWritten(
                            session.loop(),
                            () -> relief.complete(session.store().isBehindOnMarks()));
            assertThat(relief).isNotDone();
            hanging = false;
            answers.countDown();
            assertThat(StoreSession.get(relief)).isFalse();
        }
        try (StoreSession session = open()) {
            assertThat(session.queued("lis").get(0).attempts()).isEqualTo(GroupCommit.MAX_WAITING_MARKS);
        }
    }

    private static Mark tried(long delivery, int attempt) {
        return new Mark(delivery, DeliveryState.QUEUED, attempt, Letters.NOON, 1, TIMEOUT, "", false);
    }
}
