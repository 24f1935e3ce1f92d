package org.khokahano.store.archive;

import org.khokahano.store.DeliveryState;
import org.khokahano.store.NewMessage.BusinessKeys;

/**
 * A delivery as a list shows it.
 *
 * @param id the delivery's id
 * @param messageId the message it belongs to
 * @param destination the destination's name
 * @param keyHash hash of the ordering key's value
 * @param state where it stands
 * @param storedMillis wall time at which its message was stored
 * @param keys the message's business keys
 * @param attempts how many attempts have ended
 * @param sinceMillis wall time of its latest attempt or decision; 0 where there was none
 * @param outcome how that ended, by the key of its kind; empty for a decision
 * @param detail why, without message content
 */
public record ListedDelivery(
        long id,
        long messageId,
        String destination,
        int keyHash,
        DeliveryState state,
        long storedMillis,
        BusinessKeys keys,
        int attempts,
        long sinceMillis,
        String outcome,
        String detail) {

    @Override
    public String toString() {
        return "delivery " + id + " to " + destination;
    }
}
