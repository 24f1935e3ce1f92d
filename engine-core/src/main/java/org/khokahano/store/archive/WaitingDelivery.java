package org.khokahano.store.archive;

import java.util.List;
import org.khokahano.store.WaitingCode;

/**
 * A held delivery that waits for rows in code tables.
 *
 * @param id the delivery's id
 * @param messageId the message it belongs to
 * @param destination the destination's name
 * @param receivedMillis wall time at which the message was first received: rows must be valid then
 * @param codes all that it waits for
 */
public record WaitingDelivery(
        long id, long messageId, String destination, long receivedMillis, List<WaitingCode> codes) {

    public WaitingDelivery {
        codes = List.copyOf(codes);
    }

    @Override
    public String toString() {
        return "waiting delivery " + id + " to " + destination;
    }
}
