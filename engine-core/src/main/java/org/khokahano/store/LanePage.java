package org.khokahano.store;

import java.util.List;

/**
 * What a lane has queued.
 *
 * @param deliveries in order of their ids
 * @param givenUp ids of deliveries that the store itself made dead letters, since their bytes are lost;
 *     they lie between the page's start and its end
 * @param reading how the reading ended
 */
public record LanePage(List<QueuedDelivery> deliveries, List<Long> givenUp, Reading reading) {

    /** How the reading of a page ended. */
    public enum Reading {
        /** All that was asked for is in the page. */
        DONE,
        /** The store lets nobody read now; that passes by itself. */
        NOT_NOW,
        /** The store could not read what comes next, and may not be able to until it is repaired. */
        UNREADABLE
    }

    public static LanePage of(List<QueuedDelivery> deliveries, List<Long> givenUp) {
        return new LanePage(deliveries, givenUp, Reading.DONE);
    }

    public static LanePage notNow() {
        return new LanePage(List.of(), List.of(), Reading.NOT_NOW);
    }

    public static LanePage unreadable(List<Long> givenUp) {
        return new LanePage(List.of(), givenUp, Reading.UNREADABLE);
    }

    /** Whether there is nothing to send in it, since it could not be read; the lane asks again later. */
    public boolean failed() {
        return reading != Reading.DONE;
    }
}
