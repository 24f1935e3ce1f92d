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

    /**
     * So many marks may wait for a disk that takes none before lanes are to send nothing more. Below
     * the number of deliveries that a lane flags after a crash, so that none of them goes unflagged.
     */
    static final int MAX_WAITING_MARKS = 8_000;

    private final CommitLimits limits;
    private final JournalTransaction transaction;
    private final StorageGuard guard;
    private final EngineEvents events;
    private final StepListener steps;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private ArrayList<Append> appends = new ArrayList<>();
    private ArrayList<Mark> marks = new ArrayList<>();
    private final List<Relief> reliefs = new ArrayList<>();
    private final List<Relief> markReliefs = new ArrayList<>();
    private final List<Runnable> tasks = new ArrayList<>();
    private final CommitPace pace = new CommitPace();

    /** What the writer is at, and how many of its appends have been answered: they are, in order. */
    private @Nullable Batch inHand;

    private int answered;

    /** How many appends wake the writer; 0 while it does not wait. */
    private int wakeAt;

    private boolean stopping;
    private boolean ended;
    private long marksDueNanos;
    private volatile long waitingBytes;
    private volatile int waitingMarks;
    private volatile boolean marksLost;

    /** A listener that stopped reading or a lane that stopped sending, and waits to be told to go on. */
    private record Relief(SerialExecutor executor, Runnable task) {}

    /** What one turn takes from the queues. */
    private record Batch(List<Append> appends, List<Mark> marks, List<Runnable> tasks) {}

    GroupCommit(
            CommitLimits limits,
            JournalTransaction transaction,
            StorageGuard guard,
            EngineEvents events,
            StepListener steps) {
        this.limits = limits;
        this.transaction = transaction;
        this.guard = guard;
        this.events = events;
        this.steps = steps;
        this.thread = new Thread(this::run, "khoka-store-writer");
        thread.setUncaughtExceptionHandler((self, problem) -> died(problem));
    }

    void start() {
        thread.start();
    }

    void append(Append append) {
        String refusal = guard.refusal();
        if (refusal == null) {
            lock.lock();
            try {
                if (!stopping && !ended) {
                    appends.add(append);
                    waitingBytes += append.size();
                    if (appends.size() >= wakeAt) {
                        wake();
                    }
                    return;
                }
                refusal = "the store is closing";
            } finally {
                lock.unlock();
            }
        }
        tellRefused(List.of(append), refusal);
    }

    void mark(Mark mark) {
        lock.lock();
        try {
            if (ended || guard.isFailed()) {
                loseMarks(1);
                return;
            }
            if (marks.isEmpty()) {
                marksDueNanos = System.nanoTime() + MARK_WAIT_NANOS;
                wake();
            }
            marks.add(mark);
            waitingMarks++;
        } finally {
            lock.unlock();
        }
    }

    /** Runs a task on the writer thread between two commits; false if the writer has stopped. */
    boolean runBetweenCommits(Runnable task) {
        lock.lock();
        try {
            if (stopping || ended) {
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

    /** Whether a mark could not be kept, so that a delivery may be made again. */
    boolean hasLostMarks() {
        return marksLost;
    }

    /** Whether lanes may read on: not where what they do can never be written down. */
    boolean mayReadOn() {
        return !guard.isFailed();
    }

    boolean isBehindOnMarks() {
        return waitingMarks >= MAX_WAITING_MARKS;
    }

    void whenMarksWritten(SerialExecutor executor, Runnable task) {
        lock.lock();
        try {
            if (waitingMarks > MAX_WAITING_MARKS / 2) {
                markReliefs.add(new Relief(executor, task));
                return;
            }
        } finally {
            lock.unlock();
        }
        HandOver.to(executor, task);
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
        HandOver.to(executor, task);
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
        if (wakeAt > 0) {
            wakeAt = 0;
            work.signal();
        }
    }

    private void run() {
        for (Batch batch = next(); batch != null; batch = next()) {
            batch.tasks().forEach(this::runTask);
            if (!batch.appends().isEmpty() || !batch.marks().isEmpty()) {
                long began = System.nanoTime();
                inHand = batch;
                answered = 0;
                commit(batch);
                inHand = null;
                written(batch, began);
            }
        }
    }

    private void runTask(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("a task on the store's writer failed", e);
            transaction.abandon(e);
            if (!transaction.isUsable()) {
                guard.fail("the store could not roll back", e);
            }
        }
    }

    /** Nothing can be written any more; all who wait are told, and all who come. */
    private void died(Throwable problem) {
        guard.fail("the store's writer ended (" + problem.getClass().getSimpleName() + ")", problem);
        List<Append> left = new ArrayList<>();
        List<Append> unanswered = new ArrayList<>();
        lock.lock();
        try {
            ended = true;
            if (inHand != null) {
                left.addAll(inHand.appends());
                unanswered.addAll(
                        inHand.appends().subList(answered, inHand.appends().size()));
                loseMarks(inHand.marks().size());
            }
            left.addAll(appends);
            unanswered.addAll(appends);
            appends = new ArrayList<>();
            loseMarks(marks.size());
            marks = new ArrayList<>();
            tasks.clear();
        } finally {
            lock.unlock();
        }
        tellRefused(unanswered, "the store's writer has ended");
        written(new Batch(left, List.of(), List.of()), System.nanoTime());
    }

    /** Waits for work; null once stopping and nothing is left. */
    private @Nullable Batch next() {
        lock.lock();
        try {
            while (tasks.isEmpty() && !stopping) {
                long now = System.nanoTime();
                long company = pace.waitNanos(now);
                int wanted =
                        company > 0 && waitingBytes < limits.bytes() ? Math.min(pace.wanted(), limits.messages()) : 1;
                boolean enough = appends.size() >= wanted;
                long wait = marks.isEmpty() ? Long.MAX_VALUE : marksDueNanos - now;
                if (enough || wait <= 0) {
                    break;
                }
                wakeAt = wanted;
                awaitNanos(company > 0 ? Math.min(company, wait) : wait);
                wakeAt = 0;
            }
            boolean done = stopping && appends.isEmpty() && marks.isEmpty() && tasks.isEmpty();
            ended = done;
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
        boolean withMarks = false;
        while (count < appends.size() && count < limits.messages() && bytes < limits.bytes()) {
            Append next = appends.get(count++);
            bytes += next.size();
            withMarks |= next.takesMarks();
        }
        List<Append> taken = appends;
        if (count == appends.size()) {
            appends = new ArrayList<>();
        } else {
            taken = new ArrayList<>(appends.subList(0, count));
            appends.subList(0, count).clear();
        }
        List<Mark> takenMarks = List.of();
        long now = System.nanoTime();
        if (stopping || withMarks || pace.takesMarks(marks.size(), now) || now - marksDueNanos >= 0) {
            takenMarks = marks;
            marks = new ArrayList<>();
        }
        List<Runnable> takenTasks = List.copyOf(tasks);
        tasks.clear();
        return new Batch(taken, takenMarks, takenTasks);
    }

    private void commit(Batch batch) {
        String closed = guard.isFailed() ? guard.refusal() : null;
        if (closed != null) {
            refuse(batch.appends(), closed);
            loseMarks(batch.marks().size());
            return;
        }
        Throwable problem = write(batch.appends(), batch.marks());
        if (problem != null && isContent(problem)) {
            writeApart(batch);
        } else if (problem != null) {
            failed(batch.appends(), batch.marks(), judge(problem));
        }
    }

    /** Makes it durable and tells everybody; returns what went wrong, or null. */
    private @Nullable Throwable write(List<Append> taken, List<Mark> takenMarks) {
        long began = System.nanoTime();
        CommitReport report;
        try {
            steps.reached(WriterStep.TAKEN);
            report = transaction.commit(taken, takenMarks);
        } catch (SQLException | RuntimeException | Error e) {
            return e;
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        guard.spent(sizeOf(taken));
        answered += taken.size();
        report.send();
        try {
            events.committed(taken.size(), takenMarks.size(), sizeOf(taken), took);
            steps.reached(WriterStep.REPORTED);
        } catch (SQLException | RuntimeException | Error e) {
            LOG.error("a commit could not be counted", e);
        }
        return null;
    }

    /** Whether the rest of a batch can be written without what caused this. */
    private boolean isContent(Throwable problem) {
        return transaction.isUsable()
                && (problem instanceof SQLException e
                        ? CommitFault.of(e) == CommitFault.CONTENT
                        : problem instanceof RuntimeException);
    }

    /** One thing that cannot be written must not take the others with it. */
    private void writeApart(Batch batch) {
        // Marks first, as in a whole commit: what operators decide must see them.
        halve(List.of(), batch.marks());
        halve(batch.appends(), List.of());
    }

    private void halve(List<Append> some, List<Mark> someMarks) {
        int size = some.size() + someMarks.size();
        if (size == 0) {
            return;
        }
        String closed = guard.isFailed() ? guard.refusal() : null;
        if (closed != null) {
            refuse(some, closed);
            loseMarks(someMarks.size());
            return;
        }
        Throwable problem = write(some, someMarks);
        if (problem == null) {
            return;
        }
        if (!isContent(problem)) {
            failed(some, someMarks, judge(problem));
        } else if (size == 1) {
            LOG.error("the store cannot write this; it was refused, the rest goes on", problem);
            refuse(some, "the store cannot write this");
            loseMarks(someMarks.size());
        } else {
            int half = some.size() / 2;
            int markHalf = someMarks.size() / 2;
            halve(some.subList(0, half), someMarks.subList(0, markHalf));
            halve(some.subList(half, some.size()), someMarks.subList(markHalf, someMarks.size()));
        }
    }

    private String judge(Throwable problem) {
        return transaction.isUsable()
                ? guard.commitFailed(problem)
                : guard.fail("the store could not roll back", problem);
    }

    private void failed(List<Append> some, List<Mark> someMarks, String refusal) {
        refuse(some, refusal);
        lock.lock();
        try {
            if (stopping || guard.isFailed()) {
                loseMarks(someMarks.size());
                return;
            }
            marks.addAll(0, someMarks);
            marksDueNanos = System.nanoTime() + FULL_WAIT_NANOS;
        } finally {
            lock.unlock();
        }
    }

    private void loseMarks(int count) {
        if (count > 0 && !marksLost) {
            LOG.error("marks cannot be written any more; their deliveries will be made again after a restart,"
                    + " flagged as possible duplicates");
            marksLost = true;
        }
    }

    private static long sizeOf(List<Append> some) {
        return some.stream().mapToLong(Append::size).sum();
    }

    private void refuse(List<Append> appends, String reason) {
        answered += appends.size();
        tellRefused(appends, reason);
    }

    private static void tellRefused(List<Append> appends, String reason) {
        CommitReport report = new CommitReport();
        for (Append append : appends) {
            report.completed(append.completion(), AppendResult.refused(reason));
        }
        report.send();
    }

    /** Notes that a batch has ended, well or not, and tells those who waited for that. */
    private void written(Batch batch, long beganNanos) {
        List<Relief> due = new ArrayList<>();
        lock.lock();
        try {
            int messages = batch.appends().size();
            pace.committed(messages, batch.marks().size(), appends.size(), beganNanos, System.nanoTime());
            waitingBytes -= sizeOf(batch.appends());
            waitingMarks = marks.size();
            if (waitingBytes <= limits.waitingBytes() / 2) {
                due.addAll(reliefs);
                reliefs.clear();
            }
            if (waitingMarks <= MAX_WAITING_MARKS / 2) {
                due.addAll(markReliefs);
                markReliefs.clear();
            }
        } finally {
            lock.unlock();
        }
        due.forEach(relief -> HandOver.to(relief.executor(), relief.task()));
    }
}
