package org.khokahano.send;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.message.Message;
import org.khokahano.message.UnreadableMessageException;

/**
 * Gathers deliveries and sends them as one batch (2.10.3, R43). One batch is under way at a time, and
 * nothing is gathered meanwhile, so that what fails can go again before anything new: the lane gives it
 * those that failed first, in order, and a batch that failed as a whole goes as it was.
 */
public final class BatchingSender implements Sender {

    private final Sender partner;
    private final BatchSettings settings;
    private final SerialExecutor executor;
    private List<Item> gathered = new ArrayList<>();
    private long gatheredBytes;
    private boolean underway;
    private SerialExecutor.@Nullable Scheduled timer;

    private record Item(long messageId, long deliveryId, byte[] payload, Consumer<SendOutcome> outcome) {}

    /** @param executor the lane's */
    public BatchingSender(Sender partner, BatchSettings settings, SerialExecutor executor) {
        this.partner = partner;
        this.settings = settings;
        this.executor = executor;
    }

    @Override
    public boolean isReady() {
        return !underway;
    }

    @Override
    public void send(byte[] payload, Consumer<SendOutcome> outcome) {
        send(0, 0, payload, outcome);
    }

    @Override
    public void send(long messageId, long deliveryId, byte[] payload, Consumer<SendOutcome> outcome) {
        String unsendable = partner.whyUnsendable(payload);
        if (!unsendable.isEmpty()) {
            outcome.accept(SendOutcome.unsendable(unsendable));
            return;
        }
        gathered.add(new Item(messageId, deliveryId, payload, outcome));
        gatheredBytes += payload.length;
        if (gathered.size() >= settings.messages() || gatheredBytes >= settings.bytes()) {
            sendNow();
        } else if (timer == null) {
            timer = executor.schedule(this::sendNow, settings.longestWait());
        }
    }

    @Override
    public void sendNow() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        if (gathered.isEmpty() || underway) {
            return;
        }
        List<Item> items = gathered;
        gathered = new ArrayList<>();
        gatheredBytes = 0;
        underway = true;
        BatchNumbers numbers = new BatchNumbers(
                items.get(0).messageId(),
                items.get(0).deliveryId(),
                items.get(items.size() - 1).deliveryId(),
                items.size());
        byte[] payload = BatchPayload.of(items.stream().map(Item::payload).toList(), numbers.id(), settings.file());
        partner.send(numbers, payload, whole -> ended(items, numbers, whole));
    }

    /** Nothing new is taken before the last outcome is told, since what failed goes first. */
    private void ended(List<Item> items, BatchNumbers numbers, SendOutcome whole) {
        List<String> ids = items.stream().map(item -> controlId(item.payload())).toList();
        List<SendOutcome> outcomes = new BatchVerdict(settings.answers(), numbers.id()).outcomes(ids, whole);
        for (int i = 0; i < items.size(); i++) {
            underway = i < items.size() - 1;
            items.get(i).outcome().accept(outcomes.get(i));
        }
    }

    private static String controlId(byte[] payload) {
        try {
            return Message.read(payload).header().controlId();
        } catch (UnreadableMessageException e) {
            return "";
        }
    }

    /** What was only gathered has not gone anywhere. */
    @Override
    public void close() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        List<Item> items = gathered;
        gathered = new ArrayList<>();
        gatheredBytes = 0;
        partner.close();
        items.forEach(item -> item.outcome().accept(SendOutcome.refused("the batch was not sent yet")));
    }
}
