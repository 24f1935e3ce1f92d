package org.khokahano.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Deliveries of one stored message to be made again, or a held one to be made at last. They become a
 * new message with the same bytes and the same MSH-10, which names the old one as its origin and goes
 * to the end of its lanes. Duplicates are not looked for: the repetition is meant.
 *
 * @param messageId the message
 * @param deliveries which of its deliveries; empty for all that are not queued, held or resent
 * @param by who decided it; kept in the history
 * @param reason why; kept in the history, never message content
 * @param atMillis wall time
 */
public record Resend(long messageId, List<Item> deliveries, String by, String reason, long atMillis) {

    public Resend {
        deliveries = List.copyOf(deliveries);
    }

    /**
     * One delivery.
     *
     * @param deliveryId the old delivery
     * @param payload what the partner gets now, where a mapping was mended; null for what the old
     *     delivery would have sent
     */
    public record Item(long deliveryId, byte @Nullable [] payload) {

        public static Item asStored(long deliveryId) {
            return new Item(deliveryId, null);
        }

        @Override
        public String toString() {
            return "again delivery " + deliveryId;
        }
    }
}
