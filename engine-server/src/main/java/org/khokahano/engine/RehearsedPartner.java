package org.khokahano.engine;

import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.khokahano.message.Message;
import org.khokahano.message.MessagePath;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.send.OutcomeKind;
import org.khokahano.send.SendOutcome;
import org.khokahano.send.Sender;

/** The partner of a query in a rehearsal: gives the answer that was written for it, or none. */
final class RehearsedPartner implements Sender {

    private static final MessagePath CODE = MessagePath.of("MSA-1");
    private static final MessagePath ACKNOWLEDGED_ID = MessagePath.of("MSA-2");

    private final Optional<byte[]> answer;
    private byte @Nullable [] asked;

    RehearsedPartner(Optional<byte[]> answer) {
        this.answer = answer;
    }

    /** What it was asked; empty where it was not. */
    Optional<byte[]> asked() {
        return Optional.ofNullable(asked);
    }

    @Override
    public void send(byte[] payload, Consumer<SendOutcome> outcome) {
        asked = payload;
        answer.ifPresent(given -> outcome.accept(outcome(payload, given)));
    }

    /** As the sender over MLLP judges it (R26). */
    private static SendOutcome outcome(byte[] payload, byte[] given) {
        try {
            Message read = Message.read(given);
            String id = Message.read(payload).header().controlId();
            return read.segmentNames().contains("MSA") && id.equals(read.get(ACKNOWLEDGED_ID))
                    ? SendOutcome.answered(OutcomeKind.ofCode(read.get(CODE)), given)
                    : SendOutcome.withoutAnswer(OutcomeKind.NO_MSA, "it answers another message", true);
        } catch (UnreadableMessageException e) {
            return SendOutcome.unreadable(e.reason().description());
        }
    }

    @Override
    public void close() {
        // There is no connection.
    }
}
