package org.khokahano.loop;

import java.time.Duration;

/** Runs each task at once on the thread that gives it: for what is as short as completing a future. */
public enum DirectExecutor implements SerialExecutor {
    INSTANCE;

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public boolean isCurrent() {
        return false;
    }

    @Override
    public Scheduled schedule(Runnable task, Duration delay) {
        throw new UnsupportedOperationException("nothing is scheduled here");
    }
}
