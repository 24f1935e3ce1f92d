package org.khokahano.store;

/**
 * A page of one lane's queue.
 *
 * @param destination the destination's name
 * @param lanes how many lanes the destination has
 * @param lane this lane's number, from 0
 * @param afterId only deliveries with a higher id
 * @param limit at most so many deliveries
 * @param maxBytes stop after the delivery that reaches so many bytes of payload
 */
public record LanePageRequest(String destination, int lanes, int lane, long afterId, int limit, long maxBytes) {

    /** Which lane a key's hash belongs to. */
    public static int laneOf(int keyHash, int lanes) {
        return Math.floorMod(keyHash, lanes);
    }
}
