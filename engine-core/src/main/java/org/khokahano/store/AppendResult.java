package org.khokahano.store;

/**
 * What became of an append.
 *
 * @param outcome whether the message is durable now, was durable before, or was refused
 * @param messageId the id of the stored message, the original's for a duplicate; 0 where refused
 * @param storedMillis wall time at which that message was stored; 0 where refused
 * @param sameIdOtherBytes a message with the same identity and other bytes came before inside the
 *     window; this one was stored as new (R57)
 * @param ackForm the form of acknowledgement that the message was stored with
 * @param reason why it was refused, without message content; empty otherwise
 * @param expectedNumber the sequence number that comes next in its stream, where another one came; 0
 *     otherwise
 */
public record AppendResult(
        Outcome outcome,
        long messageId,
        long storedMillis,
        boolean sameIdOtherBytes,
        int ackForm,
        String reason,
        long expectedNumber) {

    /** The ends of an append. */
    public enum Outcome {
        STORED,
        DUPLICATE,
        REFUSED,
        /** Not stored, since its sequence number is not the one that comes next (2.10.1). */
        OUT_OF_SEQUENCE
    }

    public static AppendResult stored(long messageId, long storedMillis, boolean sameIdOtherBytes) {
        return stored(messageId, storedMillis, sameIdOtherBytes, 0);
    }

    public static AppendResult stored(long messageId, long storedMillis, boolean sameIdOtherBytes, int ackForm) {
        return new AppendResult(Outcome.STORED, messageId, storedMillis, sameIdOtherBytes, ackForm, "", 0);
    }

    public static AppendResult duplicate(long messageId, long storedMillis, int ackForm) {
        return new AppendResult(Outcome.DUPLICATE, messageId, storedMillis, false, ackForm, "", 0);
    }

    public static AppendResult refused(String reason) {
        return new AppendResult(Outcome.REFUSED, 0, 0, false, 0, reason, 0);
    }

    public static AppendResult outOfSequence(long expectedNumber) {
        return new AppendResult(
                Outcome.OUT_OF_SEQUENCE, 0, 0, false, 0, "another sequence number is expected", expectedNumber);
    }
}
