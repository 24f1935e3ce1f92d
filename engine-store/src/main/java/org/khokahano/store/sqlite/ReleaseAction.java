package org.khokahano.store.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.khokahano.accept.Unrouted;
import org.khokahano.store.AppendResult;
import org.khokahano.store.DeliveryQueue;
import org.khokahano.store.DeliveryQueues;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.NewDelivery;
import org.khokahano.store.QueuedDelivery;
import org.khokahano.store.Release;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts what a new plan says into the place of held deliveries, as a new message; or does so for a message that no
 * route took, which has no delivery and gets one that says what became of it.
 */
final class ReleaseAction implements JournalAction {

    private static final Logger LOG = LoggerFactory.getLogger(ReleaseAction.class);

    private final JournalWriter writer;
    private final DeliveryQueues queues;
    private final Release release;
    private final RepetitionRows rows;

    ReleaseAction(Connection connection, JournalWriter writer, DeliveryQueues queues, Release release) {
        this.writer = writer;
        this.queues = queues;
        this.release = release;
        this.rows = new RepetitionRows(connection, release.by() + ": " + release.reason(), release.atMillis());
    }

    @Override
    public AppendResult write(CommitReport report) throws SQLException {
        if (release.deliveries().isEmpty()) {
            return AppendResult.refused("message " + release.messageId() + " has nothing to release");
        }
        for (long held : release.held()) {
            if (!rows.isHeld(release.messageId(), held)) {
                return AppendResult.refused("delivery " + held + " is not held any more; see its history");
            }
        }
        JournalWriter.Stored stored = writer.find(release.messageId());
        if (stored == null) {
            return AppendResult.refused("there is no message " + release.messageId() + " with its bytes any more");
        }
        boolean unrouted = release.held().isEmpty();
        long mark = unrouted ? writer.takeDeliveryId() : 0;
        if (unrouted && !rows.claim(release.messageId(), mark)) {
            return AppendResult.refused("message " + release.messageId() + " has deliveries; see its history");
        }
        JournalWriter.Ids ids = writer.takeIds(release.deliveries().size());
        rows.copyMessage(release.messageId(), ids, release.deliveries().size(), release.revision());
        for (int i = 0; i < release.deliveries().size(); i++) {
            append(ids.message(), ids.firstDelivery() + i, release.deliveries().get(i), stored.bytes(), report);
        }
        String what = "planned again by revision " + release.revision() + " as message " + ids.message();
        if (unrouted) {
            NewDelivery done = new NewDelivery(Unrouted.DESTINATION, 0, null, DeliveryState.RESENT, what);
            writer.insert(mark, release.messageId(), done, release.atMillis());
        }
        for (long held : release.held()) {
            rows.decide(held, DeliveryState.RESENT, what, false);
            rows.setState(held, DeliveryState.RESENT);
            rows.removeCodes(held);
        }
        return AppendResult.stored(ids.message(), release.atMillis(), false);
    }

    private void append(long messageId, long id, NewDelivery delivery, byte[] bytes, CommitReport report)
            throws SQLException {
        writer.insert(id, messageId, delivery, release.atMillis());
        if (delivery.state() != DeliveryState.QUEUED) {
            return;
        }
        rows.decide(
                id,
                DeliveryState.QUEUED,
                release.held().isEmpty()
                        ? "message " + release.messageId() + " was taken by no route"
                        : "takes the place of delivery " + release.held().get(0),
                false);
        DeliveryQueue queue = queueOf(delivery);
        if (queue != null) {
            byte[] payload = delivery.payload();
            report.queued(
                    queue,
                    new QueuedDelivery(
                            id,
                            messageId,
                            payload == null ? bytes : payload,
                            delivery.keyHash(),
                            0,
                            release.atMillis(),
                            0,
                            false));
        }
    }

    /** A destination without lanes now has its deliveries wait in the store, as those of any message. */
    private @Nullable DeliveryQueue queueOf(NewDelivery delivery) {
        try {
            return queues.queueOf(delivery.destination(), delivery.keyHash());
        } catch (RuntimeException e) {
            // The queues are not ours; what fails in them must not end the writer.
            LOG.error("the lane for {} could not be found; it waits in the store", delivery, e);
            return null;
        }
    }
}
