package org.khokahano.file;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.khokahano.loop.SerialExecutor;

/** One thread, as a lane or a listener has it. */
final class TestExecutor implements SerialExecutor, AutoCloseable {

    private volatile @Nullable Thread thread;
    private final ScheduledExecutorService service = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "test-executor");
        made.setDaemon(true);
        thread = made;
        return made;
    });

    @Override
    public void execute(Runnable task) {
        service.execute(task);
    }

    @Override
    public boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    @Override
    public Scheduled schedule(Runnable task, Duration delay) {
        var scheduled = service.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    @Override
    public void close() {
        service.shutdownNow();
    }
}
