package org.khokahano.accept;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.khokahano.loop.SerialExecutor;

/**
 * Takes inputs of many messages a few messages at a time, so that the other connections, lanes and timers
 * of an event loop have their turn in between. What the same sender sends meanwhile waits behind, since it
 * was sent after.
 */
final class InputQueue {

    /** Some milliseconds of work, validation and mapping included. */
    static final int MESSAGES_AT_A_TIME = 32;

    private final Map<Sender, Deque<BooleanSupplier>> underway = new ConcurrentHashMap<>();
    private volatile boolean retired;

    /** One sender's connections on one thread. */
    private record Sender(SerialExecutor executor, String remote) {}

    /** Whether an input of that sender is under way, behind which its next one has to wait. */
    boolean holdsUp(Received received, Reply reply) {
        return !underway.isEmpty() && underway.containsKey(sender(received, reply));
    }

    private static Sender sender(Received received, Reply reply) {
        return new Sender(reply.executor(), received.remote());
    }

    /**
     * Takes an input, on the executor of its reply: at once, or behind what came before it.
     *
     * @param next takes its next message; false once none is left
     */
    void take(Received received, Reply reply, BooleanSupplier next) {
        Sender sender = sender(received, reply);
        Deque<BooleanSupplier> before = underway.get(sender);
        if (before != null) {
            before.add(next);
            return;
        }
        Deque<BooleanSupplier> inputs = new ArrayDeque<>();
        inputs.add(next);
        underway.put(sender, inputs);
        run(sender, inputs);
    }

    private void run(Sender sender, Deque<BooleanSupplier> inputs) {
        int left = MESSAGES_AT_A_TIME;
        try {
            while (!inputs.isEmpty() && (retired || left-- > 0)) {
                if (!inputs.element().getAsBoolean()) {
                    inputs.remove();
                }
            }
        } catch (RuntimeException bug) {
            // What comes behind it must not wait for ever.
            inputs.remove();
            goOn(sender, inputs);
            throw bug;
        }
        goOn(sender, inputs);
    }

    private void goOn(Sender sender, Deque<BooleanSupplier> inputs) {
        if (inputs.isEmpty()) {
            underway.remove(sender);
        } else {
            sender.executor().execute(() -> run(sender, inputs));
        }
    }

    /** What is under way is taken whole now, before anything that another configuration takes. */
    void retire() {
        retired = true;
    }
}
