package org.khokahano.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.khokahano.store.AppendResult;
import org.khokahano.store.DeliveryQueue;
import org.khokahano.store.DeliveryQueues;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.QueuedDelivery;
import org.khokahano.store.Resend;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes deliveries again as a new message. It is rare, so that it prepares its statements each time
 * and the hot path carries none of them.
 */
final class ResendAction implements JournalAction {

    private static final Logger LOG = LoggerFactory.getLogger(ResendAction.class);

    private final Connection connection;
    private final JournalWriter writer;
    private final DeliveryQueues queues;
    private final Resend resend;
    private final RepetitionRows rows;

    /** An old delivery, as far as a new one is made from it. */
    private record Old(
            long id,
            String destination,
            int keyHash,
            DeliveryState state,
            byte @Nullable [] payload,
            boolean reached) {}

    /** An old delivery with the lane and the bytes of its repetition. */
    private record Again(Old old, byte @Nullable [] payload, DeliveryQueue queue) {}

    /** Why it cannot be done; nothing was written. */
    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;

        Refusal(String reason) {
            super(reason);
        }
    }

    ResendAction(Connection connection, JournalWriter writer, DeliveryQueues queues, Resend resend) {
        this.connection = connection;
        this.writer = writer;
        this.queues = queues;
        this.resend = resend;
        this.rows = new RepetitionRows(connection, resend.by() + ": " + resend.reason(), resend.atMillis());
    }

    @Override
    public AppendResult write(CommitReport report) throws SQLException {
        List<Again> chosen;
        byte[] bytes;
        try {
            bytes = bytes();
            chosen = choose(deliveries());
        } catch (Refusal e) {
            return AppendResult.refused(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // The queues are not ours; what fails in them must not end the writer. Nothing is written yet.
            LOG.error("the lanes for message {} could not be found", resend.messageId(), e);
            return AppendResult.refused("the lanes could not be found; the log says why");
        }
        JournalWriter.Ids ids = writer.takeIds(chosen.size());
        rows.copyMessage(resend.messageId(), ids, chosen.size(), null);
        for (int i = 0; i < chosen.size(); i++) {
            queueAgain(ids.message(), ids.firstDelivery() + i, chosen.get(i), bytes, report);
        }
        return AppendResult.stored(ids.message(), resend.atMillis(), false);
    }

    private byte[] bytes() throws SQLException, Refusal {
        JournalWriter.Stored stored = writer.find(resend.messageId());
        if (stored == null) {
            throw new Refusal("there is no message " + resend.messageId() + " with its bytes any more");
        }
        return stored.bytes();
    }

    private List<Old> deliveries() throws SQLException {
        List<Old> deliveries = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT d.id, n.name, d.key_hash, d.state,"
                + " d.payload, d.state = " + DeliveryState.DELIVERED.code() + " OR EXISTS"
                + " (SELECT 1 FROM attempt a WHERE a.delivery_id = d.id AND a.unknown = 1)"
                + " FROM message m JOIN delivery d ON d.id >= m.first_delivery"
                + " AND d.id < m.first_delivery + m.deliveries JOIN name n ON n.id = d.destination"
                + " WHERE m.id = ? ORDER BY d.id")) {
            select.setLong(1, resend.messageId());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    deliveries.add(new Old(
                            rows.getLong(1),
                            rows.getString(2),
                            rows.getInt(3),
                            DeliveryState.ofCode(rows.getInt(4)),
                            rows.getBytes(5),
                            rows.getBoolean(6)));
                }
            }
        }
        return deliveries;
    }

    private List<Again> choose(List<Old> deliveries) throws Refusal {
        List<Again> chosen = new ArrayList<>();
        if (resend.deliveries().isEmpty()) {
            for (Old old : deliveries) {
                if (old.state() == DeliveryState.DEAD_LETTER
                        || old.state() == DeliveryState.DELIVERED
                        || old.state() == DeliveryState.SKIPPED) {
                    chosen.add(again(old, null));
                }
            }
        }
        for (Resend.Item item : resend.deliveries()) {
            Old old = deliveries.stream()
                    .filter(delivery -> delivery.id() == item.deliveryId())
                    .findFirst()
                    .orElseThrow(() ->
                            new Refusal("message " + resend.messageId() + " has no delivery " + item.deliveryId()));
            if (chosen.stream().anyMatch(again -> again.old().id() == old.id())) {
                throw new Refusal("delivery " + old.id() + " is named twice");
            }
            chosen.add(again(old, item.payload()));
        }
        if (chosen.isEmpty()) {
            throw new Refusal("message " + resend.messageId() + " has no delivery that could be made again");
        }
        return chosen;
    }

    private Again again(Old old, byte @Nullable [] mended) throws Refusal {
        if (old.state() == DeliveryState.QUEUED) {
            throw new Refusal("delivery " + old.id() + " is in its lane still; skip it there first");
        }
        if (old.state() == DeliveryState.AWAITING) {
            throw new Refusal("delivery " + old.id() + " waits for its application acknowledgement; skip it first");
        }
        if (old.state() == DeliveryState.RESENT) {
            throw new Refusal("delivery " + old.id() + " has been sent again already; see its history");
        }
        if (old.state() == DeliveryState.HELD && mended == null) {
            // Its row holds no more than what was received, which is not what its partner is to get.
            throw new Refusal("delivery " + old.id() + " is held: what it is to carry was never made; mend the"
                    + " configuration and use 'khoka messages reprocess', or skip it");
        }
        DeliveryQueue queue = queues.queueOf(old.destination(), old.keyHash());
        if (queue == null) {
            throw new Refusal("there is no destination '" + old.destination() + "' in the configuration");
        }
        return new Again(old, mended == null ? old.payload() : mended, queue);
    }

    private void queueAgain(long messageId, long id, Again again, byte[] bytes, CommitReport report)
            throws SQLException {
        Old old = again.old();
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO delivery (id, message_id,"
                + " destination, key_hash, state, payload) SELECT ?, ?, destination, key_hash, "
                + DeliveryState.QUEUED.code() + ", ? FROM delivery WHERE id = ?")) {
            insert.setLong(1, id);
            insert.setLong(2, messageId);
            byte[] payload = again.payload();
            if (payload == null) {
                insert.setNull(3, Types.BLOB);
            } else {
                insert.setBytes(3, payload);
            }
            insert.setLong(4, old.id());
            insert.executeUpdate();
        }
        rows.decide(id, DeliveryState.QUEUED, "sends delivery " + old.id() + " again", old.reached());
        boolean replaced = old.state() == DeliveryState.DEAD_LETTER || old.state() == DeliveryState.HELD;
        DeliveryState next = replaced ? DeliveryState.RESENT : old.state();
        rows.decide(old.id(), next, "sent again as delivery " + id + " of message " + messageId, false);
        rows.setState(old.id(), next);
        rows.removeCodes(old.id());
        report.queued(
                again.queue(),
                new QueuedDelivery(
                        id,
                        messageId,
                        again.payload() == null ? bytes : again.payload(),
                        old.keyHash(),
                        0,
                        resend.atMillis(),
                        0,
                        old.reached()));
    }
}
