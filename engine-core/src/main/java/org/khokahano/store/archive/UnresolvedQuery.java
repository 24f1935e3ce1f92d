package org.khokahano.store.archive;

import org.jspecify.annotations.Nullable;
import org.khokahano.store.DeliveryState;

/**
 * Which dead letters or held deliveries to list.
 *
 * @param state DEAD_LETTER or HELD
 * @param destination only those to this destination
 * @param outcome only those whose latest attempt or decision ended so; empty for decisions
 * @param detail only those with this detail
 * @param beforeDeliveryId only deliveries with a lower id; {@link Long#MAX_VALUE} for the first page
 * @param limit at most so many, up to {@link MessageArchive#MAX_PAGE}
 */
public record UnresolvedQuery(
        DeliveryState state,
        @Nullable String destination,
        @Nullable String outcome,
        @Nullable String detail,
        long beforeDeliveryId,
        int limit) {

    public UnresolvedQuery {
        requireUnresolved(state);
        if (limit < 1 || limit > MessageArchive.MAX_PAGE) {
            throw new IllegalArgumentException("a page holds 1 to " + MessageArchive.MAX_PAGE + " deliveries");
        }
    }

    public static UnresolvedQuery deadLetters(int limit) {
        return new UnresolvedQuery(DeliveryState.DEAD_LETTER, null, null, null, Long.MAX_VALUE, limit);
    }

    public static UnresolvedQuery held(int limit) {
        return new UnresolvedQuery(DeliveryState.HELD, null, null, null, Long.MAX_VALUE, limit);
    }

    /** All deliveries of one cause. */
    public UnresolvedQuery of(CausePage.Cause cause) {
        return new UnresolvedQuery(
                state, cause.destination(), cause.outcome(), cause.detail(), beforeDeliveryId, limit);
    }

    public UnresolvedQuery to(@Nullable String onlyDestination) {
        return new UnresolvedQuery(state, onlyDestination, outcome, detail, beforeDeliveryId, limit);
    }

    /** The page that follows the one that ended with this delivery. */
    public UnresolvedQuery before(long deliveryId) {
        return new UnresolvedQuery(state, destination, outcome, detail, deliveryId, limit);
    }

    /** Fails for a state that is not kept in an index of its own. */
    public static void requireUnresolved(DeliveryState state) {
        if (state != DeliveryState.DEAD_LETTER && state != DeliveryState.HELD) {
            throw new IllegalArgumentException("only DEAD_LETTER and HELD are listed, not " + state);
        }
    }
}
