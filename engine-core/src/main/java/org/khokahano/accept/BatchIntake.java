package org.khokahano.accept;

import java.util.List;
import org.khokahano.ack.BatchAckWriter;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.message.batch.BatchInput;
import org.khokahano.message.batch.MessageBatch;

/**
 * Takes batches as well as messages (R43–R45): each message of a batch goes its journey as if it had
 * come by itself, with its batch's id, and the sender is answered once, when the last is durable or
 * refused. A batch whose counts are wrong may have lost something on its way, and is refused whole
 * unless the policy says otherwise.
 *
 * <p>An engine that stops in between has answered nothing; the sender repeats the batch, and what was
 * stored already is known as a duplicate.
 */
public final class BatchIntake implements Intake {

    private final Journey journey;
    private final Intake messages;
    private final BatchPolicy policy;
    private final BatchAckWriter writer;

    public BatchIntake(Journey journey, BatchPolicy policy) {
        this(journey, journey, policy);
    }

    /**
     * @param journey what batches as such are dealt with by
     * @param messages what each message is given to, in a batch or by itself
     */
    public BatchIntake(Journey journey, Intake messages, BatchPolicy policy) {
        this.journey = journey;
        this.messages = messages;
        this.policy = policy;
        this.writer = new BatchAckWriter();
    }

    @Override
    public String listener() {
        return journey.listener();
    }

    @Override
    public void receive(Received received, Reply reply) {
        if (BatchInput.begins(received.bytes())) {
            batch(received, reply);
        } else {
            messages.receive(received, reply);
        }
    }

    private void batch(Received received, Reply reply) {
        BatchInput input = BatchInput.read(received.bytes());
        List<String> problems = input.problems();
        if (!problems.isEmpty()) {
            if (policy.broken() == BatchPolicy.Broken.REJECT) {
                Rejection broken = new Rejection(RejectReason.BATCH, String.join("; ", problems));
                journey.refuseInput(received, broken, reply);
                return;
            }
            journey.warned(ToleranceCheck.BROKEN_BATCH);
            Rejection why = new Rejection(
                    RejectReason.BATCH, "taken all the same, kept as a copy: " + String.join("; ", problems));
            journey.keep(received, why, reply.executor());
        }
        String answerId = journey.refusalId();
        BatchAnswer answer = new BatchAnswer(input, policy.answers(), answerId, journey.wallMillis(), writer, reply);
        int number = 0;
        for (MessageBatch batch : input.batches()) {
            String id = batchId(input, batch, answerId);
            for (byte[] bytes : batch.messages()) {
                Received message = new Received(bytes, received.remote(), received.receivedNanos(), id);
                messages.receive(message, answer.of(number));
                number++;
            }
        }
        answer.begun();
    }

    /** BHS-11, else FHS-11, else one of our own, so that what came together can be found together. */
    private static String batchId(BatchInput input, MessageBatch batch, String ownId) {
        if (!batch.controlId().isEmpty()) {
            return batch.controlId();
        }
        String file = input.fileControlId();
        return file.isEmpty() ? ownId : file;
    }

    @Override
    public void unframed(Received received, UnframedReason reason, SerialExecutor executor) {
        journey.unframed(received, reason, executor);
    }

    @Override
    public void tooLong(Received head, int limit, Reply reply) {
        journey.tooLong(head, limit, reply);
    }

    @Override
    public void takeUp(SerialExecutor executor) {
        messages.takeUp(executor);
    }

    @Override
    public void retire() {
        messages.retire();
    }

    @Override
    public boolean isSaturated() {
        return journey.isSaturated();
    }

    @Override
    public void whenRelieved(SerialExecutor executor, Runnable task) {
        journey.whenRelieved(executor, task);
    }
}
