package org.khokahano.store.sqlite;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.khokahano.event.EngineEvents;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.store.AppendResult;
import org.khokahano.store.Mark;
import org.khokahano.store.StoreHealth;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer. It takes all that waits, writes it in one transaction with one fsync, and reports
 * it. Appends wake it; marks ride the next commit or wait a few milliseconds for company.
 */
final class GroupCommit {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

    /** How long a mark may wait for a commit to ride on. */
    private static final long MARK_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** How long marks wait after a commit that failed for want of space. */
    private static final long FULL_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final CommitLimits limits;
    private final JournalTransaction transaction;
    private final StorageGuard guard;
    private final EngineEvents events;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private ArrayList<Append> appends = new ArrayList<>();
    private ArrayList<Mark> marks = new ArrayList<>();
    private final List<Relief> reliefs = new ArrayList<>();
    private final List<Runnable> tasks = new ArrayList<>();
    private boolean waiting;
    private boolean stopping;
    private long marksDueNanos;
    private volatile long waitingBytes;

    /** A listener that stopped reading, and waits to be told to go on. */
    private record Relief(SerialExecutor executor, Runnable task) {}

    /** What one turn takes from the queues. */
    private record Batch(List<Append> appends, List<Mark> marks, List<Runnable> tasks) {}

    GroupCommit(CommitLimits limits, JournalTransaction transaction, StorageGuard guard, EngineEvents events) {
        this.limits = limits;
        this.transaction = transaction;
        this.guard = guard;
        this.events = events;
        this.thread = new Thread(this::run, "khoka-store-writer");
    }

    void start() {
        thread.start();
    }

    void append(Append append) {
        String refusal = guard.refusal();
        if (refusal == null) {
            lock.lock();
            try {
                if (!stopping) {
                    appends.add(append);
                    waitingBytes += append.size();
                    wake();
                    return;
                }
                refusal = "the store is closing";
            } finally {
                lock.unlock();
            }
        }
        refuse(List.of(append), refusal);
    }

    void mark(Mark mark) {
        lock.lock();
        try {
            if (marks.isEmpty()) {
                marksDueNanos = System.nanoTime() + MARK_WAIT_NANOS;
                wake();
            }
            marks.add(mark);
        } finally {
            lock.unlock();
        }
    }

    /** Runs a task on the writer thread between two commits; false if the writer has stopped. */
    boolean runBetweenCommits(Runnable task) {
        lock.lock();
        try {
            if (stopping) {
                return false;
            }
            tasks.add(task);
            wake();
            return true;
        } finally {
            lock.unlock();
        }
    }

    boolean isFailed() {
        return guard.isFailed();
    }

    /** Whether messages are accepted, and what waits. Looks at the disk; not for the hot path. */
    StoreHealth health() {
        String refusal = guard.refusal();
        return new StoreHealth(refusal == null ? "" : refusal, guard.isFailed(), waitingBytes, guard.freeBytes());
    }

    boolean isSaturated() {
        return waitingBytes > limits.waitingBytes();
    }

    void whenRelieved(SerialExecutor executor, Runnable task) {
        lock.lock();
        try {
            if (waitingBytes > limits.waitingBytes() / 2) {
                reliefs.add(new Relief(executor, task));
                return;
            }
        } finally {
            lock.unlock();
        }
        executor.execute(task);
    }

    /** Commits what waits and ends the thread. */
    void stop() {
        lock.lock();
        try {
            stopping = true;
            work.signal();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void wake() {
        if (waiting) {
            waiting = false;
            work.signal();
        }
    }

    private void run() {
        for (Batch batch = next(); batch != null; batch = next()) {
            batch.tasks().forEach(Runnable::run);
            if (!batch.appends().isEmpty() || !batch.marks().isEmpty()) {
                commit(batch);
            }
        }
    }

    /** Waits for work; null once stopping and nothing is left. */
    private @Nullable Batch next() {
        lock.lock();
        try {
            while (appends.isEmpty() && tasks.isEmpty() && !stopping) {
                long wait = marks.isEmpty() ? Long.MAX_VALUE : marksDueNanos - System.nanoTime();
                if (wait <= 0) {
                    break;
                }
                waiting = true;
                awaitNanos(wait);
                waiting = false;
            }
            boolean done = stopping && appends.isEmpty() && marks.isEmpty() && tasks.isEmpty();
            return done ? null : take();
        } finally {
            lock.unlock();
        }
    }

    private void awaitNanos(long nanos) {
        try {
            work.awaitNanos(nanos);
        } catch (InterruptedException e) {
            // Nobody may interrupt the writer: only stop() ends it, after the last commit.
            LOG.warn("the store's writer was interrupted and goes on");
        }
    }

    private Batch take() {
        int count = 0;
        long bytes = 0;
        while (count < appends.size() && count < limits.messages() && bytes < limits.bytes()) {
            bytes += appends.get(count++).size();
        }
        List<Append> taken = appends;
        if (count == appends.size()) {
            appends = new ArrayList<>();
        } else {
            taken = new ArrayList<>(appends.subList(0, count));
            appends.subList(0, count).clear();
        }
        List<Mark> takenMarks = marks;
        marks = new ArrayList<>();
        List<Runnable> takenTasks = List.copyOf(tasks);
        tasks.clear();
        return new Batch(taken, takenMarks, takenTasks);
    }

    private void commit(Batch batch) {
        long bytes = batch.appends().stream().mapToLong(Append::size).sum();
        long began = System.nanoTime();
        try {
            CommitReport report = transaction.commit(batch.appends(), batch.marks());
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            written(bytes);
            report.send();
            events.committed(batch.appends().size(), batch.marks().size(), bytes, took);
        } catch (SQLException e) {
            written(bytes);
            failed(batch, guard.commitFailed(e));
        }
    }

    private void failed(Batch batch, String refusal) {
        refuse(batch.appends(), refusal);
        lock.lock();
        try {
            if (stopping || guard.isFailed()) {
                LOG.error(
                        "{} marks could not be written; their deliveries will be made again"
                                + " after a restart, flagged as possible duplicates",
                        batch.marks().size());
                return;
            }
            marks.addAll(0, batch.marks());
            marksDueNanos = System.nanoTime() + FULL_WAIT_NANOS;
        } finally {
            lock.unlock();
        }
    }

    private static void refuse(List<Append> appends, String reason) {
        CommitReport report = new CommitReport();
        for (Append append : appends) {
            report.completed(append.completion(), AppendResult.refused(reason));
        }
        report.send();
    }

    private void written(long bytes) {
        List<Relief> due = List.of();
        lock.lock();
        try {
            waitingBytes -= bytes;
            if (!reliefs.isEmpty() && waitingBytes <= limits.waitingBytes() / 2) {
                due = List.copyOf(reliefs);
                reliefs.clear();
            }
        } finally {
            lock.unlock();
        }
        due.forEach(relief -> relief.executor().execute(relief.task()));
    }
}
