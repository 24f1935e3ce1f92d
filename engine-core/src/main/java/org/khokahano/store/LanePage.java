package org.khokahano.store;

import java.util.List;

/**
 * What a lane has queued.
 *
 * @param deliveries in order of their ids
 * @param failed the store could not read; the lane tries again later
 */
public record LanePage(List<QueuedDelivery> deliveries, boolean failed) {

    public static LanePage of(List<QueuedDelivery> deliveries) {
        return new LanePage(deliveries, false);
    }

    public static LanePage failure() {
        return new LanePage(List.of(), true);
    }
}
