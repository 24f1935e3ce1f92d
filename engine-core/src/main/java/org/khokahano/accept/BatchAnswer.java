package org.khokahano.accept;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.khokahano.accept.BatchPolicy.Answers;
import org.khokahano.ack.BatchAckWriter;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.message.batch.BatchInput;

/** Gathers the acknowledgements of a batch's messages, and answers once with all of them (R44). */
final class BatchAnswer {

    private final BatchInput input;
    private final Answers answers;
    private final String controlId;
    private final long wallMillis;
    private final BatchAckWriter writer;
    private final Reply reply;
    private final List<List<byte[]>> acknowledgements;
    private int left;
    private Reply.@Nullable Refusal refusal;

    BatchAnswer(
            BatchInput input, Answers answers, String controlId, long wallMillis, BatchAckWriter writer, Reply reply) {
        this.input = input;
        this.answers = answers;
        this.controlId = controlId;
        this.wallMillis = wallMillis;
        this.writer = writer;
        this.reply = reply;
        int messages = input.messageCount();
        this.acknowledgements = new ArrayList<>(messages);
        for (int number = 0; number < messages; number++) {
            acknowledgements.add(new ArrayList<>(1));
        }
        // One more, so that nothing is answered before the last message was begun.
        this.left = messages + 1;
    }

    /** Where the answer to one message goes, counted from 0 over all batches. */
    Reply of(int number) {
        return new OfMessage(number);
    }

    /** The last message was begun. */
    void begun() {
        ended();
    }

    private void ended() {
        if (--left > 0) {
            return;
        }
        byte[] answer = answers == Answers.NONE ? null : writer.write(input, acknowledgements, controlId, wallMillis);
        if (refusal == null) {
            reply.send(answer);
        } else {
            reply.refuse(refusal, answer);
        }
    }

    /** The reply to one message, as if it were the whole exchange. */
    private final class OfMessage implements Reply {
        private final int number;

        OfMessage(int number) {
            this.number = number;
        }

        @Override
        public SerialExecutor executor() {
            return reply.executor();
        }

        @Override
        public boolean tellsWhatIsStored() {
            return reply.tellsWhatIsStored();
        }

        @Override
        public void send(byte @Nullable [] acknowledgement) {
            if (answers == Answers.ALL) {
                keep(acknowledgement);
            }
            ended();
        }

        @Override
        public void send(byte @Nullable [] acknowledgement, byte[] applicationAcknowledgement) {
            if (answers == Answers.ALL) {
                keep(acknowledgement);
                keep(applicationAcknowledgement);
            }
            ended();
        }

        @Override
        public void refuse(Refusal why, byte @Nullable [] acknowledgement) {
            // What the store could not take may be sent again, and that is what matters most to the sender.
            if (refusal == null || why == Refusal.STORAGE) {
                refusal = why;
            }
            keep(acknowledgement);
            ended();
        }

        private void keep(byte @Nullable [] acknowledgement) {
            if (acknowledgement != null) {
                acknowledgements.get(number).add(acknowledgement);
            }
        }
    }
}
