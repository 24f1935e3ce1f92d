package org.khokahano.event;

import java.time.Duration;
import org.khokahano.send.OutcomeKind;
import org.khokahano.validation.JudgedMessage;

/**
 * What happens in the engine. Every method is called on the thread where it happens and must return
 * at once. Arguments are names, ids, codes, sizes and times; never content.
 */
public interface EngineEvents {

    /** A connection to a listener was opened. */
    default void connectionOpened(String listener) {}

    /** A connection to a listener ended; {@code silent} where no byte ever came (R7). */
    default void connectionClosed(String listener, boolean silent) {}

    /** A connection was turned away before anything was read from it (R9). */
    default void connectionRefused(String listener, String reason) {}

    /** A request was turned away before it was taken as a message, with a code such as {@code http401}. */
    default void requestRefused(String listener, String reason) {}

    /** Bytes outside of any frame were skipped (R2). */
    default void bytesSkipped(String listener, long bytes) {}

    /** A frame or request body arrived. Starts what one of accepted, duplicate and rejected ends. */
    default void received(String listener, int bytes) {}

    /** Stored, and about to be acknowledged. */
    default void accepted(String listener, long messageId, int deliveries, Duration took) {}

    /** Seen before inside the duplicate window; the stored answer was given again (R57). */
    default void duplicate(String listener, long messageId, Duration took) {}

    /** Not taken; answered with a negative acknowledgement where the sender wants one. */
    default void rejected(String listener, String reason, Duration took) {}

    /**
     * A sender has started its stream of numbered messages, and was told what comes next (2.10.1). Ends
     * what {@link #received} started.
     *
     * @param resynchronised whether it has also thrown away the old numbers
     */
    default void linkStarted(String listener, boolean resynchronised, Duration took) {}

    /**
     * A query has ended.
     *
     * @param outcome {@code answered}, or why not as one word
     */
    default void queried(String listener, String outcome, Duration took) {}

    /**
     * A fragment of a message came and was kept (2.10.2), or a message was made of those that are kept.
     *
     * @param what {@code kept}, {@code repeated}, {@code joined} or {@code expired}
     */
    default void fragment(String listener, String what) {}

    /** Kept as raw bytes, since it is not a message that can be taken; one event beside another. */
    default void quarantined(String listener, String reason, int bytes) {}

    /** Something odd that was tolerated (R12, R23, R57 ...). */
    default void warned(String listener, String warning) {}

    /** What validation says of a message that was stored or refused; never of a repetition. */
    default void judged(String listener, JudgedMessage message) {}

    /**
     * So many messages of a facility were validated at listeners or at routes; told every few seconds.
     *
     * @param stage {@code listener} or {@code route}
     */
    default void conformed(String facility, String stage, long messages, long withFindings) {}

    /** A route's condition could not be evaluated; its deliveries are held. */
    default void conditionFailed(String route, String reason) {}

    /** A filter kept a message off a route that would have taken it. */
    default void filtered(String route, String filter) {}

    /** A mapping dropped a message, as its steps say, or so many of those that it split one into. */
    default void dropped(String mapping, int messages) {}

    /** A message that no route took. */
    default void unrouted(String listener, long messageId, boolean held) {}

    /**
     * A delivery of a message that was stored waits for somebody, or for rows in code tables.
     *
     * @param reason why, with steps and places and without content
     */
    default void held(String destination, long messageId, String reason) {}

    /** An attempt ended. */
    default void attempted(String destination, OutcomeKind outcome, Duration took) {}

    /** A delivery reached its partner. */
    default void delivered(String destination, long messageId, int bytes, Duration sinceReceipt) {}

    /** A delivery will be tried again. */
    default void retrying(String destination, OutcomeKind outcome, boolean possibleDuplicate) {}

    /** A delivery was given up. */
    default void deadLettered(String destination, long messageId, OutcomeKind outcome, String reason) {}

    /** A delivery waits for its application acknowledgement no more: it came, or its time is over. */
    default void applicationAcknowledged(String destination, OutcomeKind outcome) {}

    /** An acknowledgement came to a listener that a delivery waited for. Ends what {@link #received} started. */
    default void acknowledgementTaken(String listener, Duration took) {}

    /** A delivery was passed over. */
    default void skipped(String destination, long messageId, String reason) {}

    /** A lane changed its state. */
    default void laneMoved(String destination, int lane, String from, String to, String reason) {}

    /** The store could not read what a lane has queued; the lane asks again after a growing wait. */
    default void queueUnreadable(String destination, int lane) {}

    /** An answer that belongs to no outstanding message was dropped (R26, R32). */
    default void answerDropped(String destination, String reason) {}

    /** One commit of the store. */
    default void committed(int messages, int marks, long bytes, Duration took) {}

    /** Retention begins to remove what is older than it may be. Ended by the next. */
    default void pruningStarted() {}

    /** Retention has ended a run, which removed so much. */
    default void pruned(long bodies, long messages, long quarantined, long freedBytes, Duration took) {}

    /** Another configuration is in force. */
    default void revisionApplied(int number) {}

    /** A configuration was to be changed to and cannot be; {@code from} is where it was read. */
    default void revisionRefused(String from) {}

    /** The store can no longer make anything durable. */
    default void storeFailed(String reason) {}
}
