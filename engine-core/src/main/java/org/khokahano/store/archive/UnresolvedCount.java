package org.khokahano.store.archive;

/**
 * How many deliveries of a destination are not resolved.
 *
 * @param destination the destination's name
 * @param queued in its lanes
 * @param held kept out of its lanes
 * @param deadLetters given up
 */
public record UnresolvedCount(String destination, long queued, long held, long deadLetters) {}
