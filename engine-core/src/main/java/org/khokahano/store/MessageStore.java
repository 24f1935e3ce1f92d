package org.khokahano.store;

import java.util.function.Consumer;
import org.khokahano.loop.SerialExecutor;

/**
 * The durable journal. What it promises, and what every implementation is tested for:
 *
 * <ul>
 *   <li>A completion reports STORED only after the message and all its deliveries are on disk in one
 *       transaction, the disk's own cache included as far as fsync reaches it (P1).
 *   <li>Delivery ids rise in the order in which completions are reported, and queues are told in
 *       that order, each once, after the commit (P3).
 *   <li>Whether a message is a duplicate is decided in the order of commit, so that two copies that
 *       arrive together can never both be stored. Equality is decided on the bytes (R57).
 *   <li>A mark is durable soon after, and lost at most by a crash in between; then the delivery is
 *       found QUEUED again and its next attempt is flagged as a possible duplicate (P4).
 *   <li>Once the disk has failed to make a commit durable, nothing more is accepted until the store
 *       has been opened anew (P5).
 *   <li>No method blocks its caller on the disk, except where its docstring says so.
 * </ul>
 */
public interface MessageStore extends AutoCloseable {

    /**
     * Whom to tell of what is committed from now on; nobody before. To be called once, before the first
     * append. The queues are looked up on the store's writer, so that what they hold may be exchanged
     * between two commits.
     */
    void deliverTo(DeliveryQueues queues);

    /**
     * Appends a message with its deliveries. Completes as STORED, DUPLICATE, REFUSED or, where it has a
     * sequence number that is not the next one, as OUT_OF_SEQUENCE; where it is, that it was accepted is
     * kept in the same transaction.
     *
     * <p>Calls from one thread are committed in the order in which they were made.
     */
    void append(NewMessage message, Completion completion);

    /**
     * Changes where a stream of numbered messages stands, after all that was appended before (2.10.1).
     *
     * @param then told on the executor once it is durable, or cannot be made so
     */
    default void changeSequence(
            SequenceLink link, SequenceChange change, SerialExecutor executor, Consumer<SequenceReading> then) {
        executor.execute(() -> then.accept(SequenceReading.refused("this store keeps no sequence numbers")));
    }

    /**
     * Ends the wait of the delivery that an application acknowledgement is for, after all marks that were
     * made before; without effect where none waits for it.
     *
     * @param then told on the executor once it is durable, or cannot be made so
     */
    default void answerAwaited(ApplicationAnswer answer, SerialExecutor executor, Consumer<AwaitedEnd> then) {
        executor.execute(() -> then.accept(AwaitedEnd.refused("this store keeps no application acknowledgements")));
    }

    /**
     * Ends the wait of deliveries that have waited too long, and counts the others.
     *
     * @param upTo all to the destination that began to wait with this number or before; 0 for none
     * @param end the state that it leaves them in
     */
    default void expireAwaited(
            String destination,
            long upTo,
            DeliveryState end,
            long atMillis,
            SerialExecutor executor,
            Consumer<AwaitedEnd> then) {
        executor.execute(() -> then.accept(AwaitedEnd.refused("this store keeps no application acknowledgements")));
    }

    /**
     * Keeps input that is not a message, with what its sender is told of that, whole or not at all. Completes as STORED
     * or REFUSED.
     */
    void quarantine(Quarantined input, Completion completion);

    /**
     * Records what happened to a delivery. Rides a commit, or makes its own, within 5 ms where the disk
     * keeps up; a full one is tried again every second.
     */
    void mark(Mark mark);

    /**
     * Whether so many marks wait for the disk that lanes should send nothing new: what a crash then
     * lost would be more than what is flagged as a possible duplicate after it. Never where marks do
     * not wait.
     */
    default boolean isBehindOnMarks() {
        return false;
    }

    /** Runs the task on the executor, once, as soon as the store is no longer behind on marks. */
    default void whenMarksWritten(SerialExecutor executor, Runnable task) {
        executor.execute(task);
    }

    /** Whether so much waits for the writer that listeners should stop reading. */
    boolean isSaturated();

    /** Runs the task on the executor, once, as soon as the store is no longer saturated. */
    void whenRelieved(SerialExecutor executor, Runnable task);

    /**
     * Reads what a lane has queued, in order, and hands it over on the executor. An error while
     * reading is reported to the page's consumer as a failed page, never swallowed.
     */
    void readPage(LanePageRequest request, SerialExecutor executor, Consumer<LanePage> consumer);

    /**
     * How much each lane of a destination has queued. Blocks on the disk: for start-up only.
     *
     * @return one entry for each lane, by number
     */
    LaneBacklog[] backlog(String destination, int lanes);

    /** Commits what waits, then closes. Blocks until that is done. */
    @Override
    void close();
}
