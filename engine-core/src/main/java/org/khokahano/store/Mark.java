package org.khokahano.store;

import org.jspecify.annotations.Nullable;
import org.khokahano.send.SendOutcome;

/**
 * What happened to a delivery: an attempt or a decision, and the state it left.
 *
 * @param deliveryId the delivery
 * @param state its state from now on
 * @param attempt the number of the attempt, from 1; 0 for a decision without an attempt
 * @param atMillis wall time
 * @param tookMillis how long the attempt took, in milliseconds
 * @param outcome how the attempt ended; null for a decision
 * @param reason why, where it was a decision; never message content
 * @param possibleDuplicate whether the attempt may have been a repetition to the partner
 * @param awaited what it waits for where the state is AWAITING; null otherwise
 */
public record Mark(
        long deliveryId,
        DeliveryState state,
        int attempt,
        long atMillis,
        long tookMillis,
        @Nullable SendOutcome outcome,
        String reason,
        boolean possibleDuplicate,
        @Nullable Awaited awaited) {

    /** A mark of what waits for nothing. */
    public Mark(
            long deliveryId,
            DeliveryState state,
            int attempt,
            long atMillis,
            long tookMillis,
            @Nullable SendOutcome outcome,
            String reason,
            boolean possibleDuplicate) {
        this(deliveryId, state, attempt, atMillis, tookMillis, outcome, reason, possibleDuplicate, null);
    }

    /** A decision of an operator or a rule, without an attempt. */
    public static Mark decision(long deliveryId, DeliveryState state, long atMillis, String reason) {
        return new Mark(deliveryId, state, 0, atMillis, 0, null, reason, false);
    }
}
