package org.khokahano.store;

/**
 * A durable delivery in its lane.
 *
 * @param id the delivery's id; ids rise in the order of commit, and lanes follow them
 * @param messageId the message it belongs to
 * @param payload what the partner gets; the received bytes where no mapping changed them
 * @param keyHash hash of the ordering key's value, 0 where none is set
 * @param attempts how many tries have ended without success
 * @param receivedMillis wall time of receipt
 * @param receivedNanos monotonic time of receipt, or 0 where it was received before this process
 *     began
 * @param possibleDuplicate whether an earlier try may have reached the partner
 */
public record QueuedDelivery(
        long id,
        long messageId,
        byte[] payload,
        int keyHash,
        int attempts,
        long receivedMillis,
        long receivedNanos,
        boolean possibleDuplicate) {

    /** The same delivery after a try that ended without success. */
    public QueuedDelivery triedAgain(boolean outcomeUnknown) {
        return new QueuedDelivery(
                id,
                messageId,
                payload,
                keyHash,
                attempts + 1,
                receivedMillis,
                receivedNanos,
                possibleDuplicate || outcomeUnknown);
    }

    /** The same delivery, which an earlier life of the engine may have sent already. */
    public QueuedDelivery asPossibleDuplicate() {
        return new QueuedDelivery(id, messageId, payload, keyHash, attempts, receivedMillis, receivedNanos, true);
    }

    @Override
    public String toString() {
        return "delivery " + id + " of message " + messageId;
    }
}
