package org.khokahano.lane;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.khokahano.format.OutputFormat;
import org.khokahano.message.Message;
import org.khokahano.message.MessagePath;
import org.khokahano.store.LanePageRequest;
import org.khokahano.store.NewDelivery;

/**
 * A partner that messages go to, and its lanes.
 *
 * @param name the destination's name
 * @param orderKey where the ordering key stands in a message; null where all share one order
 * @param format how a message is written for it; null for HL7 as it is
 * @param lanes its lanes, by number
 */
public record Destination(
        String name,
        @Nullable MessagePath orderKey,
        @Nullable OutputFormat format,
        List<Lane> lanes) {

    public Destination {
        lanes = List.copyOf(lanes);
    }

    /** A delivery of the message as received, with the hash of its ordering key. */
    public NewDelivery deliveryOf(Message message) {
        int keyHash = orderKey == null ? 0 : message.get(orderKey).hashCode();
        return NewDelivery.asReceived(name, keyHash);
    }

    /** The lane of an ordering key's hash. */
    public Lane laneOf(int keyHash) {
        return lanes.get(LanePageRequest.laneOf(keyHash, lanes.size()));
    }

    /** How many deliveries are queued in all lanes. */
    public long depth() {
        return lanes.stream().mapToLong(Lane::depth).sum();
    }
}
