package org.khokahano.mllp;

import java.util.Arrays;
import java.util.function.Consumer;
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

    /** Whether the answer may be that of this batch (R26). */
    boolean mayBeAnsweredBy(byte[] answer) {
        return new AnsweredBatch(payload).mayBeAnsweredBy(answer);
    }

    void end(SendOutcome how) {
        outcome.accept(how);
    }
}
