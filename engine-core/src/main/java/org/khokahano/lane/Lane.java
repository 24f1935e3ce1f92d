package org.khokahano.lane;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.khokahano.event.EngineEvents;
import org.khokahano.loop.EngineClock;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.send.OutcomeKind;
import org.khokahano.send.SendOutcome;
import org.khokahano.send.Sender;
import org.khokahano.store.DeliveryQueue;
import org.khokahano.store.LaneBacklog;
import org.khokahano.store.LanePage;
import org.khokahano.store.LanePageRequest;
import org.khokahano.store.MessageStore;
import org.khokahano.store.QueuedDelivery;

/**
 * Delivers one lane's queue in order. A state machine on its executor; only {@link #depth()}, {@link
 * #oldestReceivedMillis()} and {@link #state()} may be read from elsewhere.
 *
 * <p>Order: deliveries are first sent in the order of their ids. After a failure nothing is sent until
 * all that was outstanding has ended and the wait is over; then what failed goes again, lowest id
 * first, and nothing new before all of that has ended well or has been given up. So with a window
 * above 1 a refused delivery is overtaken by what was outstanding beside it, and by nothing else.
 */
public final class Lane implements DeliveryQueue {

    /** How long a lane waits before it asks the store again after a failed read. */
    private static final Duration READ_AGAIN_AFTER = Duration.ofSeconds(1);

    /** The longest such wait: what a damaged disk cannot read now it will hardly read in a second. */
    private static final Duration READ_AGAIN_AFTER_AT_MOST = Duration.ofMinutes(1);

    /**
     * How many deliveries from the front of the queue count as possible duplicates after a crash.
     * They are sent in order, so that what was sent without a durable mark is at the front. Marks are
     * written within milliseconds, and a store that is behind with them makes lanes stop before so many.
     */
    private static final long FLAGGED_AFTER_CRASH = 10_000;

    private final LaneSettings config;
    private final SerialExecutor executor;
    private final Sender sender;
    private final MessageStore store;
    private final EngineEvents events;
    private final EngineClock clock;
    private final LaneLedger ledger;

    private final LaneBuffer buffer;
    private final ArrayDeque<Attempt> outstanding = new ArrayDeque<>();
    private final PriorityQueue<Attempt> again = new PriorityQueue<>(
            Comparator.comparingLong(attempt -> attempt.delivery().id()));
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private @Nullable CompletableFuture<Void> finished;
    private volatile long flaggedLeft;
    private int retriesOutstanding;
    private boolean pumping;
    private boolean waitingForMarks;
    private int failuresInRow;
    private SerialExecutor.@Nullable Scheduled retryTimer;

    private volatile LaneState state = LaneState.RUNNING;
    private volatile long depth;
    private volatile long oldestReceivedMillis;
    private volatile int unreadableInRow;
    private volatile long nextTryMillis;

    public Lane(
            LaneSettings config,
            SerialExecutor executor,
            Sender sender,
            MessageStore store,
            EngineEvents events,
            EngineClock clock) {
        this.config = config;
        this.executor = executor;
        this.sender = sender;
        this.store = store;
        this.events = events;
        this.clock = clock;
        this.ledger = new LaneLedger(config, store, events, clock);
        this.buffer = new LaneBuffer(config.limits());
    }

    /**
     * Takes up what an earlier life left in the queue. To be called before the first commit.
     *
     * @param backlog what the store holds for this lane
     * @param afterCrash whether the earlier life may have sent some of it without recording that
     * @param pausedFor why an operator has paused the destination; null where it is not paused
     */
    public void start(LaneBacklog backlog, boolean afterCrash, @Nullable String pausedFor) {
        executor.execute(() -> {
            depth = backlog.depth();
            oldestReceivedMillis = backlog.oldestMillis();
            flaggedLeft = afterCrash ? FLAGGED_AFTER_CRASH : 0;
            if (pausedFor != null && state != LaneState.STOPPED) {
                moveTo(LaneState.PAUSED, pausedFor);
            }
            if (depth > 0) {
                buffer.startBehind();
                readOn();
            }
        });
    }

    @Override
    public SerialExecutor executor() {
        return executor;
    }

    @Override
    public void committed(QueuedDelivery delivery) {
        setDepth(depth + 1);
        buffer.committed(delivery);
        pump();
    }

    /** How many deliveries are queued, those outstanding included. */
    public long depth() {
        return Math.max(0, depth);
    }

    /** Wall time of receipt of the oldest delivery known in memory; 0 where the lane is empty. */
    public long oldestReceivedMillis() {
        return depth > 0 ? oldestReceivedMillis : 0;
    }

    public LaneState state() {
        return state;
    }

    /** Wall time at which a lane that waits tries again, to be shown; 0 where it does not wait. */
    public long nextTryMillis() {
        return nextTryMillis;
    }

    /** Whether the store can read the queue; where not, the lane sends what it has and asks again. */
    public boolean isQueueReadable() {
        return unreadableInRow == 0;
    }

    public LaneSettings settings() {
        return config;
    }

    /** Sends nothing more until resumed; what is outstanding still ends as it ends. */
    public void pause(String reason) {
        executor.execute(() -> {
            if (state != LaneState.STOPPED) {
                moveTo(LaneState.PAUSED, reason);
            }
        });
    }

    /** Goes on after a pause or a hold, and without waiting after a failure. */
    public void resume(String reason) {
        executor.execute(() -> {
            if (state != LaneState.STOPPED && state != LaneState.RUNNING) {
                resumeNow(reason);
            }
        });
    }

    /**
     * Takes a queued delivery out of the lane and marks it.
     *
     * @return false where it is outstanding at the partner right now, or has left the lane already
     */
    public CompletionStage<Boolean> skip(long deliveryId, long messageId, String reason) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        executor.execute(() -> done.complete(skipNow(deliveryId, messageId, reason)));
        return done;
    }

    /**
     * Delivers what its queue holds up to an id, and takes nothing after that. To be called on the store's
     * writer once nothing is committed for this lane any more.
     *
     * @return completes once all of it has been delivered or given up
     */
    public CompletionStage<Void> finish(long lastId) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        executor.execute(() -> {
            buffer.endAt(lastId);
            finished = done;
            pump();
        });
        return done;
    }

    /** Whether it still flags what an earlier life of the engine may have sent. */
    public boolean isFlagging() {
        return flaggedLeft > 0;
    }

    /** Sends nothing new in this life; completes once nothing is outstanding. */
    public CompletionStage<Void> stop(String reason) {
        executor.execute(() -> {
            moveTo(LaneState.STOPPED, reason);
            sender.sendNow();
            completeStopIfIdle();
        });
        return stopped;
    }

    /**
     * Whether the lane is empty, or can do nothing about its queue without waiting or an operator:
     * nothing is outstanding, and it is not running. For whoever waits for the lane to drain.
     */
    public CompletionStage<Boolean> isAtRest() {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        executor.execute(() -> answer.complete(outstanding.isEmpty() && (depth() == 0 || state != LaneState.RUNNING)));
        return answer;
    }

    /** Closes the connection; what is outstanding ends as unknown and stays queued. */
    public void disconnect() {
        executor.execute(sender::close);
    }

    private void pump() {
        if (pumping) {
            return;
        }
        pumping = true;
        try {
            while (state == LaneState.RUNNING
                    && outstanding.size() < config.limits().window()
                    && sender.isReady()
                    && mayMark()) {
                Attempt next = next();
                if (next == null) {
                    break;
                }
                send(next);
            }
        } finally {
            pumping = false;
        }
        if (retriesOutstanding > 0) {
            sender.sendNow();
        }
        noteOldest();
        readOn();
        CompletableFuture<Void> done = finished;
        if (done != null && outstanding.isEmpty() && again.isEmpty() && buffer.isExhausted()) {
            done.complete(null);
        }
    }

    /** Nothing is sent while too much waits to be written down of what was sent before. */
    private boolean mayMark() {
        if (!store.isBehindOnMarks()) {
            return true;
        }
        if (!waitingForMarks) {
            waitingForMarks = true;
            store.whenMarksWritten(executor, () -> {
                waitingForMarks = false;
                pump();
            });
        }
        return false;
    }

    /** What failed goes first, and alone: nothing new while its outcome is open. */
    private @Nullable Attempt next() {
        Attempt failed = again.poll();
        if (failed != null) {
            return new Attempt(failed.delivery(), failed.failures(), clock.nanoTime());
        }
        QueuedDelivery fresh = retriesOutstanding > 0 ? null : buffer.poll();
        return fresh == null ? null : new Attempt(fresh, Map.of(), clock.nanoTime());
    }

    private void send(Attempt attempt) {
        outstanding.add(attempt);
        if (attempt.isRetry()) {
            retriesOutstanding++;
        }
        QueuedDelivery delivery = attempt.delivery();
        sender.send(delivery.messageId(), delivery.id(), delivery.payload(), outcome -> ended(attempt, outcome));
    }

    private void ended(Attempt attempt, SendOutcome outcome) {
        if (!outstanding.remove(attempt)) {
            throw new IllegalStateException("a send of " + attempt.delivery() + " ended twice");
        }
        if (attempt.isRetry()) {
            retriesOutstanding--;
        }
        Duration took = Duration.ofNanos(clock.nanoTime() - attempt.beganNanos());
        OutcomeKind kind = outcome.kind();
        events.attempted(config.destination(), kind, took);
        switch (config.answers().rule(kind).actionAfter(attempt.triesEndedAs(kind))) {
            case DONE -> over(() -> ledger.delivered(attempt.delivery(), outcome, took));
            case RETRY -> retryLater(attempt, outcome, took);
            case HOLD -> hold(attempt, outcome, took);
            case DEAD_LETTER -> over(() -> ledger.deadLettered(attempt.delivery(), outcome, took));
            case SKIP -> over(() -> ledger.passedOver(attempt.delivery(), outcome, took));
        }
        completeStopIfIdle();
        goOnAfterWait();
        pump();
    }

    private void over(Runnable written) {
        failuresInRow = 0;
        written.run();
        setDepth(depth - 1);
    }

    private void retryLater(Attempt attempt, SendOutcome outcome, Duration took) {
        keepForAnotherTry(attempt, outcome, took);
        if (state == LaneState.RUNNING) {
            failuresInRow++;
            moveTo(LaneState.RETRYING, outcome.toString());
            double random = ThreadLocalRandom.current().nextDouble();
            Duration wait = config.retry().waitAfter(failuresInRow, random);
            nextTryMillis = clock.wallMillis() + wait.toMillis();
            retryTimer = executor.schedule(this::waitIsOver, wait);
        }
    }

    private void waitIsOver() {
        retryTimer = null;
        goOnAfterWait();
    }

    /** Both must be over: the wait, and all that was outstanding when the failure came. */
    private void goOnAfterWait() {
        if (state == LaneState.RETRYING && retryTimer == null && outstanding.isEmpty()) {
            moveTo(LaneState.RUNNING, "the wait is over");
            pump();
        }
    }

    private void hold(Attempt attempt, SendOutcome outcome, Duration took) {
        keepForAnotherTry(attempt, outcome, took);
        if (state == LaneState.RUNNING || state == LaneState.RETRYING) {
            moveTo(LaneState.HELD, outcome.toString());
        }
    }

    private void keepForAnotherTry(Attempt attempt, SendOutcome outcome, Duration took) {
        Attempt failed = attempt.failed(outcome);
        again.add(failed);
        ledger.toBeTriedAgain(
                attempt.delivery(), outcome, took, failed.delivery().possibleDuplicate());
    }

    private boolean skipNow(long deliveryId, long messageId, String reason) {
        boolean waiting = again.removeIf(a -> a.delivery().id() == deliveryId);
        boolean sending = outstanding.stream().anyMatch(a -> a.delivery().id() == deliveryId);
        if (!waiting && (sending || !buffer.withdraw(deliveryId))) {
            return false;
        }
        ledger.skipped(deliveryId, messageId, reason);
        setDepth(depth - 1);
        if (waiting && again.isEmpty()) {
            endWait();
        }
        pump();
        return true;
    }

    /** What failed waits for whatever is outstanding beside it here too: its order depends on that. */
    private void resumeNow(String reason) {
        failuresInRow = 0;
        if (outstanding.isEmpty() || again.isEmpty()) {
            moveTo(LaneState.RUNNING, reason);
            pump();
        } else {
            moveTo(LaneState.RETRYING, reason);
            endWait();
        }
    }

    private void endWait() {
        if (retryTimer != null) {
            retryTimer.cancel();
            retryTimer = null;
        }
        goOnAfterWait();
    }

    private void moveTo(LaneState next, String reason) {
        if (next == state) {
            return;
        }
        LaneState before = state;
        state = next;
        nextTryMillis = 0;
        if (next != LaneState.RETRYING && retryTimer != null) {
            retryTimer.cancel();
            retryTimer = null;
        }
        events.laneMoved(config.destination(), config.number(), before.name(), next.name(), reason);
    }

    private void completeStopIfIdle() {
        if (state == LaneState.STOPPED && outstanding.isEmpty()) {
            stopped.complete(null);
        }
    }

    private void readOn() {
        LanePageRequest request = state == LaneState.STOPPED ? null : buffer.nextPage(config);
        if (request != null) {
            store.readPage(request, executor, this::pageRead);
        }
    }

    private void pageRead(LanePage page) {
        setDepth(depth - buffer.countGivenUp(page));
        if (page.failed()) {
            // Until then the buffer counts the page as being read, so that no commit asks sooner.
            executor.schedule(this::readAgain, waitAfter(page));
            return;
        }
        unreadableInRow = 0;
        buffer.pageRead(page, flaggedLeft);
        flaggedLeft = page.deliveries().isEmpty()
                ? 0
                : Math.max(0, flaggedLeft - page.deliveries().size());
        pump();
    }

    // As with the depth: the lane's executor is the only writer.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private Duration waitAfter(LanePage failed) {
        if (failed.reading() == LanePage.Reading.NOT_NOW) {
            return READ_AGAIN_AFTER;
        }
        events.queueUnreadable(config.destination(), config.number());
        Duration wait = READ_AGAIN_AFTER.multipliedBy(1L << Math.min(unreadableInRow, 10));
        unreadableInRow++;
        return wait.compareTo(READ_AGAIN_AFTER_AT_MOST) < 0 ? wait : READ_AGAIN_AFTER_AT_MOST;
    }

    private void readAgain() {
        buffer.pageMayBeReadAgain();
        readOn();
    }

    // The lane's executor is the only writer, so that a plain read and write lose nothing.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void setDepth(long next) {
        depth = next;
    }

    private void noteOldest() {
        Attempt failed = again.peek();
        Attempt first = outstanding.peek();
        if (first == null
                || (failed != null && failed.delivery().id() < first.delivery().id())) {
            first = failed;
        }
        QueuedDelivery oldest = first == null ? buffer.peek() : first.delivery();
        if (oldest != null && oldest.receivedMillis() != oldestReceivedMillis) {
            oldestReceivedMillis = oldest.receivedMillis();
        }
    }
}
