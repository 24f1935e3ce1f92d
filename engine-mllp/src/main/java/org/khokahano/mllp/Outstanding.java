package org.khokahano.mllp;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.khokahano.message.Header;
import org.khokahano.message.Message;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.message.batch.BatchInput;
import org.khokahano.send.AnsweredBatch;
import org.khokahano.send.SendOutcome;

/** A message that was given to the sender and has no outcome yet. */
final class Outstanding {
    private static final String NEVER = "NE";

    final byte[] payload;
    final String controlId;
    final boolean wantsAnswer;
    /** Its answer is a batch too, or one acknowledgement for all (R44). */
    final boolean batch;

    private final Consumer<SendOutcome> outcome;
    private @Nullable AnsweredBatch answered;
    private @Nullable SingleAnswers singles;
    boolean written;
    /** The partner has said that it stored it (MLLP release 2). */
    boolean committed;

    long deadlineNanos;

    /** @param asMessage whether MSH-15 decides if there will be an acknowledgement (table 0155) */
    Outstanding(byte[] payload, boolean asMessage, Consumer<SendOutcome> outcome) {
        this.payload = payload;
        this.outcome = outcome;
        String id = "";
        boolean wanted = true;
        try {
            Header header = Message.read(payload).header();
            id = header.controlId();
            wanted = !asMessage || !header.acceptAckType().equals(NEVER);
        } catch (UnreadableMessageException e) {
            // Sent as it is; only an answer without MSA-2 can be its own.
            id = "";
        }
        this.controlId = id;
        this.wantsAnswer = wanted;
        this.batch = id.isEmpty() && BatchInput.begins(payload);
    }

    /**
     * Whether the bytes are those of its MSH-10. A partner gives them back as they are, and may say another
     * character set, in which they read as another text.
     */
    boolean hasControlId(byte[] raw) {
        try {
            return !controlId.isEmpty()
                    && Arrays.equals(Message.read(payload).header().raw(10), raw);
        } catch (UnreadableMessageException e) {
            return false;
        }
    }

    private AnsweredBatch answered() {
        AnsweredBatch known = answered;
        if (known == null) {
            known = new AnsweredBatch(payload);
            answered = known;
        }
        return known;
    }

    /** Whether the answer may be that of this batch (R26). */
    boolean mayBeAnsweredBy(byte[] answer) {
        return answered().mayBeAnsweredBy(answer);
    }

    /** The message that the answer is for, where this is a batch of several and the answer is for that one alone. */
    String messageAnsweredBy(byte[] answer) {
        return answered().controlIds().size() > 1 ? answered().messageAnsweredBy(answer) : "";
    }

    /** The answers to its messages that came each by itself. */
    SingleAnswers singles() {
        SingleAnswers known = singles;
        if (known == null) {
            known = new SingleAnswers(answered());
            singles = known;
        }
        return known;
    }

    /** What came of a batch's answers counts, however it ended. */
    void end(SendOutcome how) {
        byte[] came = singles == null || how.answer() != null ? null : singles.asBatch();
        outcome.accept(came == null ? how : new SendOutcome(how.kind(), came, how.detail(), how.outcomeUnknown()));
    }
}
