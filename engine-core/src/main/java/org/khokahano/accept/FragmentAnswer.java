package org.khokahano.accept;

import org.jspecify.annotations.Nullable;
import org.khokahano.ack.AckForm;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.message.Draft;
import org.khokahano.message.Message;
import org.khokahano.message.MessagePath;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.store.fragment.FragmentResult;

/**
 * Answers for a message that was put together to whoever sent its last fragment: what says whether it was
 * accepted names that fragment, whose sender waits for it, and the application acknowledgement the
 * first, whose id the whole has (R40).
 */
final class FragmentAnswer implements Reply {

    private static final MessagePath CODE = MessagePath.parse("MSA-1");
    private static final MessagePath ANSWERED = MessagePath.parse("MSA-2");

    private final Message last;
    private final FragmentResult stored;
    private final Acknowledger acknowledger;
    private final Runnable turnedAway;
    private final Reply reply;

    /** @param turnedAway to be told before the sender, where the message was not taken and never will be */
    FragmentAnswer(Message last, FragmentResult stored, Acknowledger acknowledger, Runnable turnedAway, Reply reply) {
        this.last = last;
        this.stored = stored;
        this.acknowledger = acknowledger;
        this.turnedAway = turnedAway;
        this.reply = reply;
    }

    @Override
    public SerialExecutor executor() {
        return reply.executor();
    }

    @Override
    public void send(byte @Nullable [] acknowledgement) {
        acknowledger.fragment(last, stored, true, reply);
    }

    @Override
    public void send(byte @Nullable [] acknowledgement, byte[] applicationAcknowledgement) {
        acknowledger.fragment(last, stored, true, reply);
    }

    @Override
    public void refuse(Refusal refusal, byte @Nullable [] acknowledgement) {
        if (refusal != Refusal.STORAGE) {
            turnedAway.run();
        }
        reply.refuse(refusal, acknowledgement == null ? null : naming(acknowledgement));
    }

    private byte[] naming(byte[] acknowledgement) {
        try {
            Message answer = Message.read(acknowledgement);
            if (AckForm.ofCode(stored.ackForm()).enhanced() && answer.get(CODE).startsWith("A")) {
                // The application acknowledgement names the first, as the whole does (R40).
                return acknowledgement;
            }
            Draft draft = Draft.of(answer);
            draft.setRaw(ANSWERED, last.header().controlIdBytes());
            return draft.toMessage().bytes();
        } catch (UnreadableMessageException e) {
            throw new IllegalStateException("the engine reads its own acknowledgements", e);
        }
    }
}
