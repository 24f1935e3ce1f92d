package org.khokahano.accept;

import java.util.List;
import java.util.Set;
import org.khokahano.format.InputFormat;
import org.khokahano.format.InputRecord;
import org.khokahano.format.InputRecord.Readable;
import org.khokahano.format.InputRecord.Unreadable;
import org.khokahano.loop.SerialExecutor;

/**
 * Takes input in a format that is not HL7: each record becomes a message, and goes its journey as if it
 * had come by itself. What is stored is that message, so that all that reads the store reads HL7.
 *
 * <p>The sender is answered once, when the last record is durable or refused. An engine that stops in
 * between has answered nothing; the sender repeats, and what was stored already is known as a
 * duplicate, since the same record makes the same bytes.
 */
public final class RecordIntake implements Intake {

    private final Journey journey;
    private final InputFormat format;
    private final InputQueue queue;

    public RecordIntake(Journey journey, InputFormat format) {
        this.journey = journey;
        this.format = format;
        this.queue = new InputQueue(journey);
    }

    @Override
    public String listener() {
        return journey.listener();
    }

    @Override
    public Set<String> mediaTypes() {
        return format.mediaTypes();
    }

    @Override
    public String answerMediaType() {
        return "application/json";
    }

    @Override
    public void receive(Received received, Reply reply) {
        List<InputRecord> records;
        try {
            records = format.read(received.bytes());
        } catch (RuntimeException bug) {
            journey.refusals().inputFault(received, bug, reply);
            return;
        }
        RecordAnswer answer = new RecordAnswer(records.size(), reply);
        int[] number = new int[1];
        queue.take(received, reply, () -> {
            if (number[0] < records.size()) {
                take(received, records.get(number[0]), number[0]++, answer);
            }
            if (number[0] >= records.size()) {
                answer.begun();
                return false;
            }
            return true;
        });
    }

    private void take(Received received, InputRecord record, int number, RecordAnswer answer) {
        if (record instanceof Readable readable) {
            byte[] bytes = readable.message().bytes();
            Received message = new Received(bytes, received.remote(), received.receivedNanos());
            journey.receive(
                    message, answer.of(number, readable.message().header().controlId()));
        } else {
            Unreadable unreadable = (Unreadable) record;
            Received raw = new Received(unreadable.raw(), received.remote(), received.receivedNanos());
            Rejection rejection = new Rejection(RejectReason.FORMAT, unreadable.problem());
            journey.refusals().refuseInput(raw, rejection, answer.of(number, unreadable.problem()));
        }
    }

    @Override
    public boolean defer(Received received, Reply reply, Runnable turn) {
        return queue.defer(received, reply, turn);
    }

    @Override
    public boolean isBusy() {
        return queue.isBusy();
    }

    @Override
    public void unframed(Received received, UnframedReason reason, SerialExecutor executor) {
        journey.unframed(received, reason, executor);
    }

    @Override
    public void tooLong(Received head, int limit, Reply reply) {
        String detail = "the input is longer than the " + limit + " bytes that this listener takes";
        RecordAnswer answer = new RecordAnswer(1, reply);
        journey.refusals().refuseInput(head, new Rejection(RejectReason.TOO_LONG, detail), answer.of(0, detail));
        answer.begun();
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
