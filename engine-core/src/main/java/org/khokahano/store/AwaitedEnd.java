package org.khokahano.store;

import java.util.List;

/**
 * What has ended of what waited for application acknowledgements.
 *
 * @param refusal why it could not be made durable; empty where it is
 * @param ended the deliveries that wait no more
 * @param waiting how many to the same destination still wait; not told for a single answer
 * @param oldestMillis wall time since when the oldest of these waits; 0 where none does
 * @param last the number of the one that began to wait last, whatever its destination
 */
public record AwaitedEnd(String refusal, List<Ended> ended, long waiting, long oldestMillis, long last) {

    public AwaitedEnd {
        ended = List.copyOf(ended);
    }

    /** A delivery that waits no more. */
    public record Ended(long messageId, long deliveryId, String destination, DeliveryState state) {}

    public static AwaitedEnd refused(String why) {
        return new AwaitedEnd(why, List.of(), 0, 0, 0);
    }
}
