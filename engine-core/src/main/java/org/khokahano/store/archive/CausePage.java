package org.khokahano.store.archive;

import java.util.List;

/**
 * Why deliveries ended where they are.
 *
 * @param causes most frequent first
 * @param complete false where there are so many deliveries that only the newest were counted
 */
public record CausePage(List<Cause> causes, boolean complete) {

    public CausePage {
        causes = List.copyOf(causes);
    }

    /**
     * Deliveries that share destination, outcome and detail.
     *
     * @param destination the destination's name
     * @param outcome how the latest attempt ended, by the key of its kind; empty for a decision
     * @param detail why, without message content
     * @param count how many
     * @param newestDeliveryId the latest of them
     * @param oldestDeliveryId the first of them
     */
    public record Cause(
            String destination,
            String outcome,
            String detail,
            long count,
            long newestDeliveryId,
            long oldestDeliveryId) {}
}
