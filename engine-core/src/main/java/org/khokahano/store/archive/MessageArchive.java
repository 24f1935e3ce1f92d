package org.khokahano.store.archive;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.khokahano.store.DeliveryState;

/**
 * Reads the store for operators. Every method blocks on the disk and belongs on a thread that may:
 * never on an event loop. Each is bounded in what it reads and how long it takes; where a bound ends
 * a list early, the page says so and from where to go on. Nothing here holds up an append.
 *
 * <p>All methods throw {@link org.khokahano.store.StoreException} where the disk cannot be read, and
 * where so many calls are under way that this one had to wait too long.
 */
public interface MessageArchive {

    /** The most that one page of any list holds. */
    int MAX_PAGE = 1_000;

    /**
     * Finds messages, newest first. What was committed before the call is found, although the index
     * follows behind.
     */
    MessagePage search(MessageQuery query);

    /** One message with all that is known of it; empty where there is none (any more). */
    Optional<StoredMessage> message(long messageId);

    /** The message that a delivery belongs to, without its bytes; empty where there is none. */
    Optional<MessageSummary> messageOfDelivery(long deliveryId);

    /**
     * What a destination has queued, oldest first, as its lanes will send it.
     *
     * @param afterDeliveryId only deliveries with a higher id; 0 for the first page
     * @param limit at most so many, up to {@link #MAX_PAGE}
     */
    List<ListedDelivery> queue(String destination, long afterDeliveryId, int limit);

    /** Dead letters or held deliveries, newest first. */
    List<ListedDelivery> unresolved(UnresolvedQuery query);

    /**
     * Dead letters or held deliveries grouped by cause, most frequent first (OpenHIE IOLF-10).
     *
     * @param state DEAD_LETTER or HELD
     */
    CausePage causes(DeliveryState state);

    /** How many deliveries are queued, held or dead; one entry for each destination that has any. */
    List<UnresolvedCount> unresolvedCounts();

    /**
     * The codes that held deliveries wait for, by sender, table and code.
     *
     * @param table only codes of this table; null for all
     * @param code only this code; null for all
     * @param limit at most so many entries, up to {@link #MAX_PAGE}
     */
    UnmappedPage unmapped(@Nullable String table, @Nullable String code, int limit);

    /** How much waits for rows in each code table; tables for which nothing does are left out. */
    List<WaitingCount> waitingCounts();

    /**
     * Held deliveries that wait for codes, in order of their ids.
     *
     * @param afterDeliveryId only deliveries with a higher id; 0 for the first page
     * @param limit at most so many, up to {@link #MAX_PAGE}
     */
    List<WaitingDelivery> waiting(long afterDeliveryId, int limit);

    /**
     * Input that did not become a message, newest first, without its bytes.
     *
     * @param beforeId only entries with a lower id; {@link Long#MAX_VALUE} for the first page
     * @param limit at most so many, up to {@link #MAX_PAGE}
     */
    List<QuarantinedInput> quarantine(long beforeId, int limit);

    /** One quarantined input with its bytes; empty where there is none (any more). */
    Optional<QuarantinedInput> quarantined(long id);

    /** What validation counted of senders, and what of it is new. */
    ConformanceHistory conformance(ConformanceQuery query);

    /** How many messages the search index is behind the journal; read from memory, for metrics. */
    long indexLag();
}
