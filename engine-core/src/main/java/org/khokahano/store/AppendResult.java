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
 */
public record AppendResult(
        Outcome outcome, long messageId, long storedMillis, boolean sameIdOtherBytes, int ackForm, String reason) {

    /** The three ends of an append. */
    public enum Outcome {
        STORED,
        DUPLICATE,
        REFUSED
    }

    public static AppendResult stored(long messageId, long storedMillis, boolean sameIdOtherBytes) {
        return stored(messageId, storedMillis, sameIdOtherBytes, 0);
    }

    public static AppendResult stored(long messageId, long storedMillis, boolean sameIdOtherBytes, int ackForm) {
        return new AppendResult(Outcome.STORED, messageId, storedMillis, sameIdOtherBytes, ackForm, "");
    }

    public static AppendResult duplicate(long messageId, long storedMillis, int ackForm) {
        return new AppendResult(Outcome.DUPLICATE, messageId, storedMillis, false, ackForm, "");
    }

    public static AppendResult refused(String reason) {
        return new AppendResult(Outcome.REFUSED, 0, 0, false, 0, reason);
    }
}
