package org.khokahano.lane;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.khokahano.loop.EngineClock;
import org.khokahano.loop.SerialExecutor;

/** A serial executor and its clock, both driven by hand. */
public final class FakeLoop implements SerialExecutor, EngineClock {

    private static final int TASK_LIMIT = 1_000_000;

    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timer::dueNanos).thenComparingLong(Timer::number));
    private long nanos = 1_000_000_000L;
    private long wallMillis = 1_700_000_000_000L;
    private long timersMade;

    private record Timer(long dueNanos, long number, Runnable task) {}

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public boolean isCurrent() {
        return true;
    }

    @Override
    public Scheduled schedule(Runnable task, Duration delay) {
        Timer timer = new Timer(nanos + delay.toNanos(), timersMade++, task);
        timers.add(timer);
        return () -> timers.remove(timer);
    }

    @Override
    public long wallMillis() {
        return wallMillis;
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    public void setWallMillis(long wallMillis) {
        this.wallMillis = wallMillis;
    }

    /** Runs what was handed over, and what that hands over. */
    public void runTasks() {
        for (int run = 0; !tasks.isEmpty(); run++) {
            if (run > TASK_LIMIT) {
                throw new IllegalStateException("the tasks never end");
            }
            tasks.remove().run();
        }
    }

    /** Runs one task; false where there is none. */
    public boolean runOneTask() {
        Runnable task = tasks.poll();
        if (task == null) {
            return false;
        }
        task.run();
        return true;
    }

    /** Lets monotonic time pass, timers running when they are due. */
    public void pass(Duration time) {
        long until = nanos + time.toNanos();
        runTasks();
        for (Timer next = timers.peek(); next != null && next.dueNanos() <= until; next = timers.peek()) {
            timers.remove();
            nanos = Math.max(nanos, next.dueNanos());
            next.task().run();
            runTasks();
        }
        nanos = until;
    }

    public int timersWaiting() {
        return timers.size();
    }
}
