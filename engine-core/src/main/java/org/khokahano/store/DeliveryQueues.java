package org.khokahano.store;

import org.jspecify.annotations.Nullable;

/** Finds the lane that takes a delivery. Called on the store's writer thread: must not block. */
public interface DeliveryQueues {

    /**
     * The queue for a destination and an ordering key's hash; null where there is none now, so that the
     * delivery stays queued in the store until there is one.
     */
    @Nullable
    DeliveryQueue queueOf(String destination, int keyHash);
}
