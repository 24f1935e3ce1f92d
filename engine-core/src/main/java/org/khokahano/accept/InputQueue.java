package org.khokahano.accept;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.khokahano.loop.SerialExecutor;

/**
 * Takes inputs of many messages a few messages at a time, so that the other connections, lanes and timers
 * of an event loop have their turn in between, and not faster than the store can write. What the same sender
 * sends meanwhile waits behind, since it was sent after.
 */
final class InputQueue {

    /** Some milliseconds of work, validation and mapping included. */
    static final int MESSAGES_AT_A_TIME = 32;

    private final Intake gate;
    private final Map<Sender, Underway> underway = new ConcurrentHashMap<>();

    /** One sender's connections on one thread. */
    private record Sender(SerialExecutor executor, String remote) {}

    /** What one sender's inputs still have to be taken by; touched on its executor only. */
    private static final class Underway {
        private final Deque<BooleanSupplier> inputs = new ArrayDeque<>();

        /** Whether an input that waited has its turn: it does not wait again. */
        private boolean givingBack;
    }

    /** @param gate while it is saturated nothing more is taken, whatever has come already */
    InputQueue(Intake gate) {
        this.gate = gate;
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
        Underway before = underway.get(sender);
        if (before != null) {
            before.inputs.add(next);
            return;
        }
        Underway begun = new Underway();
        begun.inputs.add(next);
        underway.put(sender, begun);
        run(sender, begun);
    }

    /** Whether the input waits behind what its sender sent before; it is given back in its turn. */
    boolean defer(Received received, Reply reply, Runnable turn) {
        Underway before = underway.isEmpty() ? null : underway.get(sender(received, reply));
        if (before == null || before.givingBack) {
            return false;
        }
        before.inputs.add(() -> {
            before.givingBack = true;
            try {
                turn.run();
            } finally {
                before.givingBack = false;
            }
            return false;
        });
        return true;
    }

    private void run(Sender sender, Underway its) {
        int left = MESSAGES_AT_A_TIME;
        try {
            while (!its.inputs.isEmpty() && left-- > 0 && !gate.isSaturated()) {
                if (!its.inputs.element().getAsBoolean()) {
                    its.inputs.remove();
                }
            }
        } catch (RuntimeException bug) {
            // What comes behind it must not wait for ever.
            its.inputs.remove();
            goOn(sender, its);
            throw bug;
        }
        goOn(sender, its);
    }

    private void goOn(Sender sender, Underway its) {
        if (its.inputs.isEmpty()) {
            underway.remove(sender, its);
        } else if (gate.isSaturated()) {
            gate.whenRelieved(sender.executor(), () -> run(sender, its));
        } else {
            sender.executor().execute(() -> run(sender, its));
        }
    }

    boolean isBusy() {
        return !underway.isEmpty();
    }
}
