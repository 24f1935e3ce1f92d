package org.khokahano.store.sqlite;

import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.khokahano.event.EngineEvents;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.send.OutcomeKind;
import org.khokahano.send.SendOutcome;
import org.khokahano.store.AppendResult;
import org.khokahano.store.Completion;
import org.khokahano.store.DeliveryQueue;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.Mark;
import org.khokahano.store.NewDelivery;
import org.khokahano.store.NewMessage;
import org.khokahano.store.NewMessage.BusinessKeys;
import org.khokahano.store.QueuedDelivery;
import org.khokahano.store.archive.MessageQuery;
import org.khokahano.store.archive.MessageSummary;

/** A real store and its archive in a directory, and what is needed to fill them. */
final class ArchiveFixture implements AutoCloseable {

    final SqliteStoreSettings settings;
    final SqliteMessageStore store;
    final SqliteMessageArchive archive;
    final RecordingQueue queue = new RecordingQueue();

    /** Runs what it is given on the caller's thread. */
    enum Direct implements SerialExecutor {
        HERE;

        @Override
        public boolean isCurrent() {
            return true;
        }

        @Override
        public Scheduled schedule(Runnable task, Duration delay) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void execute(Runnable task) {
            task.run();
        }
    }

    /** Keeps what a lane would get. */
    static final class RecordingQueue implements DeliveryQueue {
        final List<QueuedDelivery> deliveries = Collections.synchronizedList(new ArrayList<>());

        @Override
        public SerialExecutor executor() {
            return Direct.HERE;
        }

        @Override
        public void committed(QueuedDelivery delivery) {
            deliveries.add(delivery);
        }
    }

    /** An append's end as a future. */
    static final class Result extends CompletableFuture<AppendResult> implements Completion {
        @Override
        public SerialExecutor executor() {
            return Direct.HERE;
        }

        @Override
        public void completed(AppendResult result) {
            complete(result);
        }

        AppendResult result() {
            return orTimeout(20, TimeUnit.SECONDS).join();
        }
    }

    ArchiveFixture(Path directory) {
        this(directory, Duration.ofSeconds(1));
    }

    ArchiveFixture(Path directory, Duration searchTime) {
        settings = new SqliteStoreSettings(
                directory, new CommitLimits(1_000, 8L << 20, 32L << 20, 0), Duration.ofHours(24), 100_000);
        store = SqliteMessageStore.open(settings, new EngineEvents() {});
        store.deliverTo((destination, keyHash) -> destination.equals("gone") ? null : queue);
        archive = SqliteMessageArchive.open(settings, searchTime);
    }

    NewMessage message(String controlId, String patientId, String type, long atMillis, NewDelivery... deliveries) {
        return message("ward", "QMMH", controlId, patientId, type, atMillis, 0, deliveries);
    }

    static NewMessage message(
            String listener,
            String facility,
            String controlId,
            String patientId,
            String type,
            long atMillis,
            int padding,
            NewDelivery... deliveries) {
        String text = "MSH|^~\\&|EHR|" + facility + "|HUB|NRL|||" + type + "|" + controlId + "|P|2.5\rPID|||"
                + patientId + "\rZZZ|" + "x".repeat(padding) + "\r";
        return new NewMessage(
                listener,
                facility,
                "127.0.0.1:1",
                text.getBytes(StandardCharsets.US_ASCII),
                new BusinessKeys(type, controlId, "EHR|" + facility, patientId),
                null,
                atMillis,
                1,
                List.of(deliveries));
    }

    NewDelivery to(String destination) {
        return NewDelivery.asReceived(destination, destination.hashCode());
    }

    NewDelivery heldTo(String destination, String reason) {
        return new NewDelivery(destination, 0, null, DeliveryState.HELD, reason);
    }

    long append(NewMessage message) {
        Result result = new Result();
        store.append(message, result);
        return result.result().messageId();
    }

    /** Appends all and waits once. */
    List<Long> appendAll(List<NewMessage> messages) {
        List<Result> results = new ArrayList<>();
        for (NewMessage message : messages) {
            Result result = new Result();
            results.add(result);
            store.append(message, result);
        }
        return results.stream().map(result -> result.result().messageId()).toList();
    }

    void mark(long deliveryId, DeliveryState state, OutcomeKind kind, String detail, int attempt, long atMillis) {
        SendOutcome outcome = new SendOutcome(
                kind, ("MSA|" + kind.key()).getBytes(StandardCharsets.US_ASCII), detail, kind == OutcomeKind.TIMEOUT);
        store.mark(new Mark(deliveryId, state, attempt, atMillis, 7, outcome, "", attempt > 1));
    }

    /** Waits until all that was given to the writer before is committed. */
    void settle() {
        Result result = new Result();
        store.setPaused("nobody", false, "", 0, result);
        result.result();
    }

    void awaitIndex() {
        long newest = archive.search(MessageQuery.all(1)).messages().stream()
                .mapToLong(MessageSummary::id)
                .findFirst()
                .orElse(0);
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> archive.indexer().lastId() >= newest);
    }

    @Override
    public void close() {
        archive.close();
        store.close();
    }
}
