package org.khokahano.accept;

import java.time.Duration;
import java.util.ArrayDeque;
import org.khokahano.loop.SerialExecutor;

/** Runs its tasks when it is told to. */
final class SteppedExecutor implements SerialExecutor {

    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();

    /** Runs the next task; false where there is none. */
    boolean step() {
        Runnable next = tasks.poll();
        if (next != null) {
            next.run();
        }
        return next != null;
    }

    /** Runs all that there is and all that comes of it. */
    void run() {
        while (step()) {
            // Each may give another.
        }
    }

    @Override
    public boolean isCurrent() {
        return true;
    }

    @Override
    public Scheduled schedule(Runnable task, Duration delay) {
        throw new UnsupportedOperationException("nothing here is for later");
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }
}
