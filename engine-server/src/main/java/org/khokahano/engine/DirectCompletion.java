package org.khokahano.engine;

import java.time.Duration;
import java.util.function.Consumer;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.store.AppendResult;
import org.khokahano.store.Completion;

/** Tells a result on the store's own thread: for what is as short as completing a future. */
record DirectCompletion(Consumer<AppendResult> told) implements Completion, SerialExecutor {

    @Override
    public SerialExecutor executor() {
        return this;
    }

    @Override
    public void completed(AppendResult result) {
        told.accept(result);
    }

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
