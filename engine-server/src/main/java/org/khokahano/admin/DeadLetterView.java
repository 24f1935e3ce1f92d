package org.khokahano.admin;

import java.util.List;
import org.khokahano.store.archive.CausePage;
import org.khokahano.store.archive.ListedDelivery;

/**
 * A delivery that waits in its lane or for an operator.
 *
 * @param id the delivery's id
 * @param storedAt when its message was received, ISO 8601
 * @param since when it was last tried or decided upon, ISO 8601; empty where it never was
 * @param outcome how that ended; empty for a decision
 * @param detail why, without content
 */
record DeadLetterView(
        long id,
        long messageId,
        String destination,
        String state,
        String storedAt,
        String type,
        String controlId,
        String patientId,
        int attempts,
        String since,
        String outcome,
        String detail) {

    /**
     * A page of them.
     *
     * @param next the 'before' (or 'after') of the next page; 0 where there is none
     */
    record Page(List<DeadLetterView> deliveries, long next) {
        static Page of(List<ListedDelivery> listed, int limit) {
            long next =
                    listed.size() < limit ? 0 : listed.get(listed.size() - 1).id();
            return new Page(listed.stream().map(DeadLetterView::of).toList(), next);
        }
    }

    /**
     * Deliveries that share destination, outcome and detail, most frequent first.
     *
     * @param complete false where there are so many that only the newest were counted
     */
    record Causes(List<Cause> causes, boolean complete) {
        static Causes of(CausePage page) {
            return new Causes(
                    page.causes().stream()
                            .map(c -> new Cause(
                                    c.destination(),
                                    c.outcome(),
                                    c.detail(),
                                    c.count(),
                                    c.oldestDeliveryId(),
                                    c.newestDeliveryId()))
                            .toList(),
                    page.complete());
        }
    }

    /** One cause. */
    record Cause(
            String destination,
            String outcome,
            String detail,
            long count,
            long oldestDeliveryId,
            long newestDeliveryId) {}

    static DeadLetterView of(ListedDelivery delivery) {
        return new DeadLetterView(
                delivery.id(),
                delivery.messageId(),
                delivery.destination(),
                delivery.state().name(),
                MessageView.isoOrEmpty(delivery.storedMillis()),
                delivery.keys().type(),
                delivery.keys().controlId(),
                delivery.keys().patientId(),
                delivery.attempts(),
                MessageView.isoOrEmpty(delivery.sinceMillis()),
                delivery.outcome(),
                delivery.detail());
    }
}
