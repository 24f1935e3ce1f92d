package org.khokahano.store.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.khokahano.store.AppendResult;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.Mark;
import org.khokahano.store.NewDelivery;
import org.khokahano.store.NewMessage;
import org.khokahano.store.NewMessage.DuplicateKey;
import org.khokahano.store.QueuedDelivery;

/** One transaction: what waits goes in, and what is to be told comes out. Writer thread only. */
final class JournalTransaction {

    private final Connection connection;
    private final JournalWriter writer;
    private final DuplicateIndex duplicates;
    private final List<DuplicateKey> addedKeys = new ArrayList<>();
    private final List<Long> addedIds = new ArrayList<>();

    JournalTransaction(Connection connection, JournalWriter writer, DuplicateIndex duplicates) {
        this.connection = connection;
        this.writer = writer;
        this.duplicates = duplicates;
    }

    /**
     * Writes all and makes it durable.
     *
     * @throws SQLException if not all of it is durable; then nothing of it is in the file
     */
    CommitReport commit(List<Append> appends, List<Mark> marks) throws SQLException {
        CommitReport report = new CommitReport();
        try {
            for (Append append : appends) {
                write(append, report);
            }
            for (Mark mark : marks) {
                writer.apply(mark);
            }
            // The line that makes it durable: SQLite returns after the log's fsync. Nothing of the
            // report may be sent before, and the crash tests kill on both sides of it (P1).
            connection.commit();
        } catch (SQLException e) {
            rollBack(e);
            throw e;
        } finally {
            addedKeys.clear();
            addedIds.clear();
        }
        return report;
    }

    private void write(Append append, CommitReport report) throws SQLException {
        if (append instanceof Append.OfMessage ofMessage) {
            report.completed(append.completion(), write(ofMessage.message(), report));
        } else if (append instanceof Append.OfInput ofInput) {
            long id = writer.insert(ofInput.input());
            report.completed(
                    append.completion(), AppendResult.stored(id, ofInput.input().receivedMillis(), false));
        } else if (append instanceof Append.OfAction ofAction) {
            report.completed(append.completion(), ofAction.action().write(report));
        }
    }

    private AppendResult write(NewMessage message, CommitReport report) throws SQLException {
        DuplicateKey key = message.duplicateKey();
        boolean sameIdOtherBytes = false;
        if (key != null) {
            long original = duplicates.find(key.content());
            JournalWriter.Stored stored = original == 0 ? null : writer.find(original);
            if (stored != null
                    && isInside(key, message, stored.atMillis())
                    && Arrays.equals(stored.bytes(), message.bytes())) {
                return AppendResult.duplicate(original, stored.atMillis());
            }
            sameIdOtherBytes = isKnownIdentity(key, message);
        }
        JournalWriter.Ids ids = writer.insert(message);
        if (key != null) {
            duplicates.put(key.identity(), ids.message());
            duplicates.put(key.content(), ids.message());
            addedKeys.add(key);
            addedIds.add(ids.message());
        }
        reportDeliveries(message, ids, report);
        return AppendResult.stored(ids.message(), message.receivedMillis(), sameIdOtherBytes);
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

    private static void reportDeliveries(NewMessage message, JournalWriter.Ids ids, CommitReport report) {
        List<NewDelivery> deliveries = message.deliveries();
        for (int i = 0; i < deliveries.size(); i++) {
            NewDelivery delivery = deliveries.get(i);
            if (delivery.state() == DeliveryState.QUEUED) {
                byte[] payload = delivery.payload();
                report.queued(
                        delivery.queue(),
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

    private void rollBack(SQLException cause) {
        for (int i = addedKeys.size() - 1; i >= 0; i--) {
            duplicates.remove(addedKeys.get(i).identity(), addedIds.get(i));
            duplicates.remove(addedKeys.get(i).content(), addedIds.get(i));
        }
        try {
            connection.rollback();
            writer.countOn();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }
}
