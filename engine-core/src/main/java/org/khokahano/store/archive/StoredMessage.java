package org.khokahano.store.archive;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.khokahano.store.DeliveryState;

/**
 * One message with all that is known of it.
 *
 * @param summary its business keys, and where it came from
 * @param bytes as received; null where retention has removed them
 * @param deliveries in order of their ids
 */
public record StoredMessage(MessageSummary summary, byte @Nullable [] bytes, List<StoredDelivery> deliveries) {

    public StoredMessage {
        deliveries = List.copyOf(deliveries);
    }

    /**
     * One delivery.
     *
     * @param id the delivery's id
     * @param destination the destination's name
     * @param keyHash hash of the ordering key's value
     * @param state where it stands
     * @param payload what the partner gets, where that differs from the bytes as received
     * @param history attempts and decisions in the order in which they happened
     */
    public record StoredDelivery(
            long id,
            String destination,
            int keyHash,
            DeliveryState state,
            byte @Nullable [] payload,
            List<HistoryEntry> history) {

        public StoredDelivery {
            history = List.copyOf(history);
        }

        @Override
        public String toString() {
            return "delivery " + id + " to " + destination;
        }
    }

    /**
     * An attempt or a decision.
     *
     * @param attempt the attempt's number, from 1; 0 for a decision of an operator or a rule
     * @param atMillis wall time at which it ended
     * @param tookMillis how long the attempt took, in milliseconds
     * @param state the delivery's state from then on
     * @param outcome how the attempt ended, by the key of its kind; empty for a decision
     * @param detail a sentence without message content: why
     * @param possibleDuplicate whether the partner may have had the message before this attempt
     * @param outcomeUnknown whether the partner may have taken it although no valid answer came
     * @param answer the partner's answer as it came; null where none came or retention removed it
     */
    public record HistoryEntry(
            int attempt,
            long atMillis,
            long tookMillis,
            DeliveryState state,
            String outcome,
            String detail,
            boolean possibleDuplicate,
            boolean outcomeUnknown,
            byte @Nullable [] answer) {

        @Override
        public String toString() {
            return (attempt == 0 ? "decision" : "attempt " + attempt) + " leaving " + state;
        }
    }

    @Override
    public String toString() {
        return summary.toString();
    }
}
