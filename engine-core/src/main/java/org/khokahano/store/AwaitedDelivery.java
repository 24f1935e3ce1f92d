package org.khokahano.store;

/**
 * A delivery whose application acknowledgement is awaited, as a list shows it.
 *
 * @param number rises in the order in which they began to wait
 * @param controlId MSH-10 of what was sent
 * @param sinceMillis wall time at which the partner accepted it
 */
public record AwaitedDelivery(
        long number, long deliveryId, long messageId, String destination, String controlId, long sinceMillis) {}
