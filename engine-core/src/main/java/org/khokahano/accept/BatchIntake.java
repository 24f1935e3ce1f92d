package org.khokahano.accept;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.khokahano.ack.BatchAckWriter;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.message.Message;
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
    private final InputQueue queue;

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
        this.queue = new InputQueue(journey);
        this.policy = policy;
        this.writer = new BatchAckWriter();
    }

    @Override
    public String listener() {
        return journey.listener();
    }

    @Override
    public void receive(Received received, Reply reply) {
        if (BatchInput.begins(received.bytes()) || isUnlabelled(received.bytes())) {
            batch(received, reply);
        } else if (!queue.defer(received, reply, () -> messages.receive(received, reply))) {
            messages.receive(received, reply);
        }
    }

    @Override
    public boolean defer(Received received, Reply reply, Runnable turn) {
        return queue.defer(received, reply, turn) || messages.defer(received, reply, turn);
    }

    @Override
    public boolean isBusy() {
        return queue.isBusy() || messages.isBusy();
    }

    private boolean isUnlabelled(byte[] bytes) {
        return policy.unlabelled() == BatchPolicy.Unlabelled.SPLIT && BatchInput.holdsSeveral(bytes);
    }

    private void batch(Received received, Reply reply) {
        BatchInput input = BatchInput.read(received.bytes());
        if (input.hasTooManyParts()) {
            String detail = "it has more than " + BatchInput.MOST_PARTS + " messages and batches; send it in parts";
            refuse(received, input, detail, reply);
            return;
        }
        List<String> problems = input.problems();
        if (!problems.isEmpty()) {
            if (policy.broken() == BatchPolicy.Broken.REJECT) {
                refuse(received, input, String.join("; ", problems), reply);
                return;
            }
            journey.warned(ToleranceCheck.BROKEN_BATCH);
            Rejection why = new Rejection(
                    RejectReason.BATCH, "taken all the same, kept as a copy: " + String.join("; ", problems));
            journey.refusals().keep(received, why, reply.executor());
        }
        String answerId = journey.refusals().nextId();
        BatchAnswer answer = new BatchAnswer(input, policy.answers(), answerId, journey.wallMillis(), writer, reply);
        Iterator<Received> pending = messages(received, input, answerId).iterator();
        int[] number = new int[1];
        queue.take(received, reply, () -> {
            if (pending.hasNext()) {
                messages.receive(pending.next(), answer.of(number[0]++));
            }
            if (!pending.hasNext()) {
                answer.begun();
                return false;
            }
            return true;
        });
    }

    /** The answer goes to who sent the batch and names it, as far as its header says so. */
    private void refuse(Received received, BatchInput input, String why, Reply reply) {
        Rejection broken = new Rejection(RejectReason.BATCH, why);
        Message header = input.asHeader();
        if (header == null) {
            journey.refusals().refuseInput(received, broken, reply);
        } else {
            journey.refusals().refuseMessage(received, header, broken, reply);
        }
    }

    private static List<Received> messages(Received received, BatchInput input, String ownId) {
        List<Received> taken = new ArrayList<>();
        for (MessageBatch batch : input.batches()) {
            String id = batchId(input, batch, ownId);
            for (byte[] bytes : batch.messages()) {
                taken.add(new Received(bytes, received.remote(), received.receivedNanos(), id));
            }
        }
        return taken;
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
    public void retire() {
        messages.retire();
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
    public boolean isSaturated() {
        return journey.isSaturated();
    }

    @Override
    public void whenRelieved(SerialExecutor executor, Runnable task) {
        journey.whenRelieved(executor, task);
    }
}
