package org.khokahano.store;

/**
 * What a lane finds queued at its start.
 *
 * @param depth deliveries in state QUEUED
 * @param oldestMillis wall time of receipt of the first, 0 where there is none
 */
public record LaneBacklog(long depth, long oldestMillis) {

    /** With what is queued behind it. */
    public LaneBacklog and(LaneBacklog later) {
        return new LaneBacklog(depth + later.depth, depth == 0 ? later.oldestMillis : oldestMillis);
    }
}
