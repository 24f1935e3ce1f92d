package org.khokahano.store;

import java.util.List;

/**
 * What the present configuration makes of held deliveries of one message. It is appended as a new message
 * with the same bytes and the same MSH-10, at the end of its lanes; the held ones become RESENT.
 *
 * @param messageId the message
 * @param held the deliveries that are replaced; all must be HELD when this is written. None for a message
 *     that no route took: it must have no delivery when this is written
 * @param deliveries what takes their place; at least one, some may be held themselves
 * @param revision number of the configuration that planned them
 * @param by who decided it; kept in the history
 * @param reason why; kept in the history, never message content
 * @param atMillis wall time
 */
public record Release(
        long messageId,
        List<Long> held,
        List<NewDelivery> deliveries,
        int revision,
        String by,
        String reason,
        long atMillis) {

    public Release {
        held = List.copyOf(held);
        deliveries = List.copyOf(deliveries);
    }
}
