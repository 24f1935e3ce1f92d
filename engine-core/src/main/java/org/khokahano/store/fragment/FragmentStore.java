package org.khokahano.store.fragment;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.khokahano.loop.SerialExecutor;

/**
 * Keeps fragments until their message is whole. Everything is decided in the order of commit, so that
 * fragments that come over several connections at once cannot be linked in two ways.
 */
public interface FragmentStore {

    /**
     * Appends a fragment; told after the commit, on the executor. Calls from one thread are committed in
     * their order, those of {@link org.khokahano.store.MessageStore#append} among them.
     */
    void appendFragment(NewFragment fragment, SerialExecutor executor, Consumer<FragmentResult> then);

    /** Reads the fragments of a message in their order; told on the executor. */
    void readFragments(long chain, SerialExecutor executor, Consumer<FragmentReading> then);

    /**
     * Moves the fragments of an unfinished message into the quarantine, unless more came meanwhile.
     *
     * @param fragments how many there were when this was decided
     * @param reason a code for the quarantine
     * @param detail why, without message content
     * @param then told the length of each fragment that was moved: none where more had come; null where the
     *     store takes nothing now
     */
    void expireFragments(
            long chain,
            int fragments,
            String reason,
            String detail,
            long atMillis,
            SerialExecutor executor,
            Consumer<@Nullable List<Integer>> then);

    /**
     * Forgets the fragments of a message that was turned away as a whole, which is kept elsewhere. What repeats
     * one of them is new: as a repetition it would be answered as accepted.
     */
    void dropFragments(long chain, SerialExecutor executor, Runnable then);

    /** All messages of which fragments wait. Blocks on the disk: for start-up only. */
    List<PendingFragments> pendingFragments();
}
