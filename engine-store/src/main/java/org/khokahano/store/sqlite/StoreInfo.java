package org.khokahano.store.sqlite;

import java.nio.file.Path;
import java.util.List;
import org.khokahano.store.DeliveryState;

/**
 * What a store holds. Times are wall time in milliseconds, 0 where there is no message.
 *
 * @param file the file that was read
 * @param schemaVersion its schema's version
 * @param fileBytes size of the file
 * @param logBytes size of the log beside it
 * @param pages pages of the file
 * @param freePages pages of it that hold nothing and will be used again
 * @param messages messages
 * @param firstMessageId the oldest message
 * @param lastMessageId the newest message
 * @param oldestMillis when the oldest was received
 * @param newestMillis when the newest was received
 * @param quarantined inputs that are not messages
 * @param deliveries deliveries by destination and state
 */
public record StoreInfo(
        Path file,
        int schemaVersion,
        long fileBytes,
        long logBytes,
        long pages,
        long freePages,
        long messages,
        long firstMessageId,
        long lastMessageId,
        long oldestMillis,
        long newestMillis,
        long quarantined,
        List<DeliveryCount> deliveries) {

    /** How many deliveries to a destination are in a state. */
    public record DeliveryCount(String destination, DeliveryState state, long count) {}

    /** Deliveries in a state, over all destinations. */
    public long deliveriesIn(DeliveryState state) {
        return deliveries.stream()
                .filter(count -> count.state() == state)
                .mapToLong(DeliveryCount::count)
                .sum();
    }
}
