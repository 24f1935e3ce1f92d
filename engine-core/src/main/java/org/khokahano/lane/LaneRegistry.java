package org.khokahano.lane;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.khokahano.store.DeliveryQueue;
import org.khokahano.store.DeliveryQueues;

/**
 * The lanes that committed deliveries go to, by destination. Looked up for each delivery on the store's
 * writer, and changed there between two commits: what was committed before a change went to the lane
 * before it, in order, and what is committed after it to the one after it.
 */
public final class LaneRegistry implements DeliveryQueues {

    private volatile Map<String, Destination> destinations = Map.of();

    @Override
    public @Nullable DeliveryQueue queueOf(String destination, int keyHash) {
        Destination found = destinations.get(destination);
        return found == null ? null : found.laneOf(keyHash);
    }

    /** Lets a destination's lanes take its deliveries. On the store's writer, or before it is used. */
    public synchronized void put(Destination destination) {
        Map<String, Destination> next = new HashMap<>(destinations);
        next.put(destination.name(), destination);
        destinations = Map.copyOf(next);
    }

    /** Leaves a destination's deliveries in the store from the next commit on. On the store's writer. */
    public synchronized void remove(String destination) {
        Map<String, Destination> next = new HashMap<>(destinations);
        next.remove(destination);
        destinations = Map.copyOf(next);
    }
}
