package org.khokahano.loop;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * One thread that runs its tasks in the order in which they were given. What a lane or a connection
 * owns is touched only on its serial executor, and so needs no lock.
 */
public interface SerialExecutor extends Executor {

    /** Whether the caller runs on this executor's thread. */
    boolean isCurrent();

    /** Runs the task after the delay, measured on the monotonic clock. */
    Scheduled schedule(Runnable task, Duration delay);

    /** A task that waits for its time. */
    interface Scheduled {
        /** Withdraws the task if it has not begun; without effect otherwise. */
        void cancel();
    }
}
