package org.khokahano.store.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.khokahano.store.AppendResult;
import org.khokahano.store.DeliveryQueue;
import org.khokahano.store.DeliveryQueues;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.Mark;
import org.khokahano.store.NewDelivery;
import org.khokahano.store.NewMessage;
import org.khokahano.store.NewMessage.DuplicateKey;
import org.khokahano.store.Quarantined;
import org.khokahano.store.QueuedDelivery;
import org.khokahano.store.SequenceClaim;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One transaction: what waits goes in, and what is to be told comes out. Writer thread only. */
final class JournalTransaction {

    private static final Logger LOG = LoggerFactory.getLogger(JournalTransaction.class);

    /** How often the operator is told that the duplicate window does not fit. */
    private static final long WARN_EVERY_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final Connection connection;
    private final JournalWriter writer;
    private final DuplicateIndex duplicates;
    private final SequenceTable sequences;
    private final StepListener steps;
    private final FragmentRows fragments;
    private volatile DeliveryQueues queues = (destination, keyHash) -> null;
    private final List<Added> added = new ArrayList<>();
    private boolean usable = true;
    private long lastWarningNanos = System.nanoTime() - WARN_EVERY_NANOS;

    /** An entry of the duplicate index that the open transaction made. */
    private record Added(long hash, long messageId, long earlier) {}

    JournalTransaction(
            Connection connection,
            JournalWriter writer,
            DuplicateIndex duplicates,
            SequenceTable sequences,
            StepListener steps) {
        this.connection = connection;
        this.writer = writer;
        this.duplicates = duplicates;
        this.sequences = sequences;
        this.steps = steps;
        this.fragments = new FragmentRows(connection, writer);
    }

    FragmentRows fragments() {
        return fragments;
    }

    void deliverTo(DeliveryQueues told) {
        queues = told;
    }

    DeliveryQueues queues() {
        return queues;
    }

    /**
     * Writes all and makes it durable.
     *
     * @throws SQLException if not all of it is durable; then nothing of it is in the file
     */
    CommitReport commit(List<Append> appends, List<Mark> marks) throws SQLException {
        CommitReport report = new CommitReport();
        try {
            duplicates.settle();
            // A mark is of an earlier commit's delivery; what operators decide must see it.
            for (Mark mark : marks) {
                writer.apply(mark);
            }
            for (Append append : appends) {
                write(append, report);
            }
            steps.reached(WriterStep.WRITTEN);
            // The line that makes it durable: SQLite returns after the log's fsync. Nothing of the
            // report may be sent before, and the crash tests kill on both sides of it (P1).
            connection.commit();
            sequences.committed();
        } catch (SQLException | RuntimeException | Error e) {
            rollBack(e);
            throw e;
        } finally {
            added.clear();
        }
        steps.reached(WriterStep.COMMITTED);
        return report;
    }

    /** Whether another commit may be tried; not after a rollback that failed. */
    boolean isUsable() {
        return usable;
    }

    /** Undoes what a task on the writer's thread left half done. */
    void abandon(Throwable cause) {
        rollBack(cause);
    }

    private void write(Append append, CommitReport report) throws SQLException {
        if (append instanceof Append.OfMessage ofMessage) {
            report.completed(append.completion(), write(ofMessage.message(), report));
        } else if (append instanceof Append.OfInput ofInput) {
            report.completed(append.completion(), write(ofInput.input(), report));
        } else if (append instanceof Append.OfBarrier) {
            report.completed(append.completion(), AppendResult.stored(0, 0, false));
        } else if (append instanceof Append.OfAction ofAction) {
            report.completed(append.completion(), ofAction.action().write(report));
        }
    }

    private AppendResult write(Quarantined input, CommitReport report) throws SQLException {
        long id = writer.insert(input);
        NewMessage acknowledgement = input.acknowledgement();
        if (acknowledgement != null) {
            write(acknowledgement, report);
        }
        return AppendResult.stored(id, input.receivedMillis(), false);
    }

    private AppendResult write(NewMessage message, CommitReport report) throws SQLException {
        return message.chain() == 0 ? writeWhole(message, report) : writeJoined(message, report);
    }

    /**
     * The fragments are done with in the commit that has their message, so that none is made twice. They stay where
     * it is not stored: whoever refuses it decides about them.
     */
    private AppendResult writeJoined(NewMessage message, CommitReport report) throws SQLException {
        long stored = fragments.storedAs(message.chain());
        if (stored > 0) {
            return AppendResult.duplicate(stored, message.receivedMillis(), message.ackForm());
        }
        if (stored < 0) {
            return AppendResult.refused("the fragments of this message are gone; send all of them again");
        }
        AppendResult result = writeWhole(message, report);
        switch (result.outcome()) {
            case STORED, DUPLICATE -> fragments.stored(message.chain(), result.messageId());
            case REFUSED, OUT_OF_SEQUENCE -> {}
        }
        return result;
    }

    private AppendResult writeWhole(NewMessage message, CommitReport report) throws SQLException {
        DuplicateKey key = message.duplicateKey();
        SequenceClaim sequence = message.sequence();
        boolean sameIdOtherBytes = false;
        if (key != null) {
            long original = duplicates.find(key.content());
            JournalWriter.Stored stored = original == 0 ? null : writer.find(original);
            if (stored != null
                    && isInside(key, message, stored.atMillis())
                    && Arrays.equals(stored.bytes(), message.bytes())) {
                if (sequence != null) {
                    sequences.repeated(sequence, message.receivedMillis());
                }
                return AppendResult.duplicate(original, stored.atMillis(), stored.ackForm());
            }
            sameIdOtherBytes = isKnownIdentity(key, message);
        }
        AppendResult refusal = sequence == null ? null : sequences.refusalOf(sequence);
        if (refusal != null) {
            return refusal;
        }
        JournalWriter.Ids ids = writer.insert(message);
        if (sequence != null) {
            sequences.accepted(sequence, message.receivedMillis());
        }
        if (key != null) {
            remember(key.identity(), ids.message());
            remember(key.content(), ids.message());
            warnIfWindowIsShort(key, message);
        }
        reportDeliveries(message, ids, report);
        return AppendResult.stored(ids.message(), message.receivedMillis(), sameIdOtherBytes, message.ackForm());
    }

    private void remember(long hash, long messageId) {
        added.add(new Added(hash, messageId, duplicates.put(hash, messageId)));
    }

    /** A duplicate of what had to be forgotten is stored and sent again: the operator must know. */
    private void warnIfWindowIsShort(DuplicateKey key, NewMessage message) throws SQLException {
        long forgotten = duplicates.lastForgotten();
        if (forgotten == 0 || System.nanoTime() - lastWarningNanos < WARN_EVERY_NANOS) {
            return;
        }
        lastWarningNanos = System.nanoTime();
        JournalWriter.Stored stored = writer.find(forgotten);
        if (stored != null && isInside(key, message, stored.atMillis())) {
            LOG.warn(
                    "the duplicate window of {} does not fit into memory and its files; a repetition of"
                            + " message {} or an older one is taken for new",
                    key.window(),
                    forgotten);
        }
    }

    private boolean isKnownIdentity(DuplicateKey key, NewMessage message) throws SQLException {
        long earlier = duplicates.find(key.identity());
        if (earlier == 0) {
            return false;
        }
        JournalWriter.Stored stored = writer.find(earlier);
        return stored != null && isInside(key, message, stored.atMillis());
    }

    /** A clock that went back makes the window longer, never shorter. */
    private static boolean isInside(DuplicateKey key, NewMessage message, long originalMillis) {
        return message.receivedMillis() - originalMillis < key.window().toMillis();
    }

    private void reportDeliveries(NewMessage message, JournalWriter.Ids ids, CommitReport report) {
        List<NewDelivery> deliveries = message.deliveries();
        for (int i = 0; i < deliveries.size(); i++) {
            NewDelivery delivery = deliveries.get(i);
            if (delivery.state() != DeliveryState.QUEUED) {
                continue;
            }
            DeliveryQueue queue = queues.queueOf(delivery.destination(), delivery.keyHash());
            if (queue != null) {
                byte[] payload = delivery.payload();
                report.queued(
                        queue,
                        new QueuedDelivery(
                                ids.firstDelivery() + i,
                                ids.message(),
                                payload == null ? message.bytes() : payload,
                                delivery.keyHash(),
                                0,
                                message.receivedMillis(),
                                message.receivedNanos(),
                                false));
            }
        }
    }

    private void rollBack(Throwable cause) {
        for (int i = added.size() - 1; i >= 0; i--) {
            Added entry = added.get(i);
            duplicates.takeBack(entry.hash(), entry.messageId(), entry.earlier());
        }
        try {
            try {
                connection.rollback();
            } catch (SQLException e) {
                // SQLite has rolled back by itself after a full disk and some other faults; then this
                // fails, and reading on decides whether the connection can still be used.
                cause.addSuppressed(e);
            }
            writer.countOn();
            sequences.rolledBack();
            writer.awaited().rolledBack();
        } catch (SQLException | RuntimeException e) {
            usable = false;
            cause.addSuppressed(e);
        }
    }
}
