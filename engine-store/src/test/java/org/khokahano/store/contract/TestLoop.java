package org.khokahano.store.contract;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.khokahano.loop.SerialExecutor;

/** A serial executor on one thread of its own. */
public final class TestLoop implements SerialExecutor, AutoCloseable {

    private final AtomicReference<Thread> current = new AtomicReference<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "test-loop");
        made.setDaemon(true);
        current.set(made);
        return made;
    });

    @Override
    public void execute(Runnable task) {
        thread.execute(task);
    }

    @Override
    public boolean isCurrent() {
        return Thread.currentThread() == current.get();
    }

    @Override
    public Scheduled schedule(Runnable task, Duration delay) {
        ScheduledFuture<?> future = thread.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
