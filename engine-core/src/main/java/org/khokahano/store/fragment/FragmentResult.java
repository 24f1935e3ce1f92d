package org.khokahano.store.fragment;

/**
 * What became of a fragment.
 *
 * @param chain the number of the unfinished message that it belongs to, the number of its first
 *     fragment; 0 where it was not kept
 * @param id the fragment's number, of its first copy where it is a repetition; 0 where it was not kept
 * @param number which fragment of its message it is, from 1
 * @param storedMillis wall time at which it was stored
 * @param ackForm the form of acknowledgement that it was stored with
 * @param firstControlId MSH-10 of the message's first fragment, its bytes read as ISO 8859-1
 */
public record FragmentResult(
        Outcome outcome, long chain, long id, int number, long storedMillis, int ackForm, String firstControlId) {

    /** The ends that storing a fragment can have. */
    public enum Outcome {
        /** It is durable; more is to come. */
        KEPT,
        /** It is durable and the last; the message can be put together. A repetition of such a one, too. */
        COMPLETE,
        /** It was durable before, and is not the last, or its message is stored. */
        REPEATED,
        /** No unfinished message waits for what MSH-14 says. */
        NOTHING_TO_FOLLOW,
        /** Another unfinished message waits for the same pointer; which one is meant could not be told. */
        POINTER_IN_USE,
        /** With it, its message would be longer than allowed. */
        TOO_LONG,
        /** As many messages are unfinished as may be. */
        TOO_MANY,
        /** The store takes nothing now. */
        REFUSED
    }

    public static FragmentResult not(Outcome outcome) {
        return new FragmentResult(outcome, 0, 0, 0, 0, 0, "");
    }
}
