package org.khokahano.store;

/**
 * What a lane finds queued at its start.
 *
 * @param depth deliveries in state QUEUED
 * @param oldestMillis wall time of receipt of the first, 0 where there is none
 */
public record LaneBacklog(long depth, long oldestMillis) {}
