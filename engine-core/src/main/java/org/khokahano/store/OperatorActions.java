package org.khokahano.store;

import java.util.List;
import java.util.Set;
import org.khokahano.store.fragment.PendingFragments;

/**
 * What an operator changes in the store. It is written by the one writer like everything else: in
 * group commit, in the order of the calls, durable when it is reported. No method blocks its caller
 * on the disk, except where its docstring says so.
 */
public interface OperatorActions {

    /**
     * Makes deliveries of a stored message again, at the end of their lanes, as a new message (see
     * {@link Resend}). Completes as STORED with the new message's id, or as REFUSED with the reason,
     * having changed nothing.
     *
     * <p>A delivery that is a DEAD_LETTER becomes RESENT, as does a HELD one with a payload of the
     * {@link Resend}; a DELIVERED or SKIPPED one keeps its state. Refused are a QUEUED one, since it is
     * still to be made; a HELD one without such a payload, since what its partner is to get was never
     * made; a RESENT one, since it is being made already; a message whose bytes retention has removed; a destination without a lane.
     * Where no delivery is named, all that are DEAD_LETTER, DELIVERED or SKIPPED are taken: a held
     * one must be named, since something is wrong with it.
     */
    void resend(Resend resend, Completion completion);

    /**
     * Puts what a new plan says into the place of held deliveries (see {@link Release}). Completes as
     * STORED with the new message's id, or as REFUSED with the reason, having changed nothing: where one
     * of them is not HELD any more, so that nothing is ever released twice, or the bytes are gone.
     */
    void release(Release release, Completion completion);

    /**
     * Keeps why a delivery stays held, and for which codes. Writes nothing where that is as it was.
     * Completes as STORED with the id 0, or as REFUSED where it is not HELD.
     */
    void keepHeld(StillHeld still, Completion completion);

    /**
     * Remembers over restarts that a destination is paused, or no longer is. The lanes themselves
     * are paused by their own method. Completes as STORED with the id 0, or as REFUSED.
     *
     * @param reason who and why, without message content; not used when resuming
     * @param atMillis wall time
     */
    void setPaused(String destination, boolean paused, String reason, long atMillis, Completion completion);

    /** The destinations that are paused. Blocks on the disk: for start-up and reports only. */
    List<PausedDestination> pausedDestinations();

    /**
     * Deliveries whose application acknowledgement is awaited, by number. Blocks on the disk.
     *
     * @param destination only those to it; empty for all
     * @param afterNumber only those with a higher number
     */
    List<AwaitedDelivery> awaited(String destination, long afterNumber, int limit);

    /** To which destinations any are awaited. Blocks on the disk: for start-up. */
    Set<String> awaitedDestinations();

    /** Messages of which fragments are kept and others are still to come. Blocks on the disk. */
    List<PendingFragments> unfinished();

    /** Where the streams of numbered messages stand, by side, name and peer. Blocks on the disk. */
    List<SequenceState> sequences();
}
