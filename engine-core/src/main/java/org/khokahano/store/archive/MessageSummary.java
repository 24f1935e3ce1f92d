package org.khokahano.store.archive;

import java.util.List;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.NewMessage.BusinessKeys;

/**
 * A message as a list shows it.
 *
 * @param id the message's id
 * @param storedMillis wall time at which it was received, or sent again
 * @param receivedMillis wall time at which it was first received: what it is planned by
 * @param listener the listener's name
 * @param facility the facility's name, empty where none is set
 * @param remote the sender's address
 * @param keys its business keys
 * @param size bytes as received
 * @param originId the message that this one repeats for an operator; 0 for a received one
 * @param revision number of the configuration that it was planned by; 0 where none is kept
 * @param batch id of the batch that it came in, empty where it came by itself
 * @param deliveries in order of their ids
 */
public record MessageSummary(
        long id,
        long storedMillis,
        long receivedMillis,
        String listener,
        String facility,
        String remote,
        BusinessKeys keys,
        int size,
        long originId,
        int revision,
        String batch,
        List<Delivery> deliveries) {

    public MessageSummary {
        deliveries = List.copyOf(deliveries);
    }

    /**
     * Where one of its deliveries stands.
     *
     * @param id the delivery's id
     * @param destination the destination's name
     * @param keyHash hash of the ordering key's value: says which lane, with the number of lanes
     * @param state its state
     */
    public record Delivery(long id, String destination, int keyHash, DeliveryState state) {}

    @Override
    public String toString() {
        return "message " + id;
    }
}
