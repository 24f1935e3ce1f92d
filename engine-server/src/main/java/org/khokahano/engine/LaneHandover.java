package org.khokahano.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.khokahano.lane.Destination;
import org.khokahano.lane.Lane;
import org.khokahano.lane.LaneRegistry;
import org.khokahano.store.AppendResult;
import org.khokahano.store.DirectCompletion;
import org.khokahano.store.LaneBacklog;
import org.khokahano.store.sqlite.SqliteMessageStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exchanges a destination's lanes while messages come in. The queue itself stays where it is, in the
 * store, so that nothing can be lost:
 *
 * <ol>
 *   <li>where the ordering key changed: the old lanes deliver what was queued under the old key, since
 *       no order holds between one key and another
 *   <li>the old lanes send nothing new, and what is outstanding ends
 *   <li>what became of it is durable
 *   <li>between two commits, the new lanes take the queue over from the store and are told of what is
 *       committed from then on
 * </ol>
 *
 * A partner that answers slowly holds up its own destination alone. Changes of one destination follow
 * each other.
 */
final class LaneHandover implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LaneHandover.class);
    private static final long AGAIN_AFTER_MILLIS = 500;

    private final SqliteMessageStore store;
    private final LaneRegistry registry;
    private final ScheduledExecutorService thread;
    private final Map<String, CompletableFuture<Void>> latest = new HashMap<>();
    private final Map<String, CompletableFuture<Void>> finishing = new HashMap<>();
    private final Set<String> started = new HashSet<>();
    private final List<Destination> retired = new CopyOnWriteArrayList<>();

    /** One destination before and after. */
    record Change(
            String name,
            @Nullable Destination old,
            @Nullable Destination next,
            boolean keyChanged) {}

    LaneHandover(SqliteMessageStore store, LaneRegistry registry) {
        this.store = store;
        this.registry = registry;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "khoka-switch");
            made.setDaemon(true);
            return made;
        });
    }

    /** Begins a change, and returns at once. What is committed meanwhile waits in the store. */
    synchronized void begin(Change change) {
        CompletableFuture<Void> before = latest.getOrDefault(change.name(), CompletableFuture.completedFuture(null));
        Destination old = change.old();
        if (old != null) {
            retired.add(old);
            started.add(change.name());
        }
        CompletableFuture<Void> waiting = finishing.get(change.name());
        if (change.next() == null && waiting != null) {
            // Who is taken out of the configuration gets nothing more, in whatever order.
            waiting.complete(null);
        }
        CompletableFuture<Void> after = before.exceptionally(earlier -> null)
                .thenComposeAsync(done -> finish(change), thread)
                .thenComposeAsync(done -> stop(old), thread)
                .thenComposeAsync(done -> settled(), thread)
                .thenComposeAsync(done -> takeOver(change), thread)
                .whenComplete((done, problem) -> ended(change, problem));
        latest.put(change.name(), after);
    }

    /** Destinations whose lanes are still being exchanged. */
    synchronized List<String> underway() {
        return latest.entrySet().stream()
                .filter(entry -> !entry.getValue().isDone())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** Former destinations whose lanes have not ended yet. */
    Collection<Destination> retired() {
        return retired;
    }

    private void ended(Change change, @Nullable Throwable problem) {
        Destination old = change.old();
        if (old != null) {
            retired.remove(old);
        }
        if (problem != null) {
            LOG.error("destination {}: its lanes could not be exchanged; what is queued waits", change.name(), problem);
        } else if (change.next() == null) {
            LOG.info("destination {}: not in the configuration any more; what is queued stays", change.name());
        } else {
            LOG.info("destination {}: its new lanes are at work", change.name());
        }
    }

    private CompletableFuture<Void> finish(Change change) {
        Destination old = change.old();
        if (old == null || !change.keyChanged()) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> finished = new CompletableFuture<>();
        synchronized (this) {
            finishing.put(change.name(), finished);
        }
        var unused = settled()
                .thenCompose(done -> betweenCommits(() -> {
                    registry.remove(old.name());
                    long last = store.lastDeliveryId();
                    return all(old.lanes().stream()
                            .map(lane -> lane.finish(last).toCompletableFuture())
                            .toList());
                }))
                .thenCompose(lanes -> lanes)
                .whenComplete((done, problem) -> finished.complete(null));
        return finished;
    }

    private static CompletableFuture<Void> stop(@Nullable Destination old) {
        if (old == null) {
            return CompletableFuture.completedFuture(null);
        }
        List<CompletableFuture<Void>> stopped = new ArrayList<>();
        for (Lane lane : old.lanes()) {
            stopped.add(lane.stop("the configuration changed")
                    .thenRun(lane::disconnect)
                    .toCompletableFuture());
        }
        return all(stopped);
    }

    private static CompletableFuture<Void> all(List<CompletableFuture<Void>> each) {
        return CompletableFuture.allOf(each.toArray(CompletableFuture[]::new));
    }

    /** Completes once all that was marked before is durable, however often it has to be tried. */
    private CompletableFuture<Void> settled() {
        CompletableFuture<Void> settled = new CompletableFuture<>();
        store.settle(new DirectCompletion(result -> {
            if (result.outcome() == AppendResult.Outcome.STORED) {
                settled.complete(null);
            } else {
                again(settled, this::settled);
            }
        }));
        return settled;
    }

    private CompletableFuture<Void> takeOver(Change change) {
        return countedBefore(change)
                .thenCompose(counted -> betweenCommits(() -> {
                    Destination next = change.next();
                    if (next == null) {
                        registry.remove(change.name());
                    } else {
                        start(change, next, counted);
                        registry.put(next);
                    }
                    return CompletableFuture.<Void>completedFuture(null);
                }))
                .thenCompose(done -> done)
                .exceptionallyCompose(problem -> {
                    LOG.error("destination {}: its queue cannot be read; tried again", change.name(), problem);
                    CompletableFuture<Void> later = new CompletableFuture<>();
                    again(later, () -> takeOver(change));
                    return later;
                });
    }

    /** A destination's queue by lanes, up to a delivery. */
    private record Counted(long lastId, LaneBacklog[] lanes) {}

    /**
     * Counts a queue that may be long before the writer has to wait for it. The old lanes have ended, so
     * that until the new ones start it only grows at its end.
     */
    private CompletableFuture<Counted> countedBefore(Change change) {
        Destination next = change.next();
        if (next == null) {
            return CompletableFuture.completedFuture(new Counted(0, new LaneBacklog[0]));
        }
        return betweenCommits(store::lastDeliveryId)
                .thenApplyAsync(
                        last -> new Counted(
                                last, store.backlog(next.name(), next.lanes().size(), 0, last)),
                        thread);
    }

    private void start(Change change, Destination next, Counted counted) {
        LaneBacklog[] since = store.backlog(next.name(), next.lanes().size(), counted.lastId(), Long.MAX_VALUE);
        LaneBacklog[] backlog = new LaneBacklog[since.length];
        for (int lane = 0; lane < since.length; lane++) {
            backlog[lane] = counted.lanes()[lane].and(since[lane]);
        }
        String why = paused().get(next.name());
        // Last of what may fail, since it says only once that the queue is to be flagged.
        boolean flagged = flags(change);
        for (Lane lane : next.lanes()) {
            lane.start(backlog[lane.settings().number()], flagged, why);
        }
    }

    /** Why operators paused destinations, by their names. */
    Map<String, String> paused() {
        Map<String, String> paused = new HashMap<>();
        store.pausedDestinations().forEach(each -> paused.put(each.destination(), "since earlier: " + each.reason()));
        return paused;
    }

    /** Whether a killed process may have sent some of the queue, and nobody has flagged it since. */
    private synchronized boolean flags(Change change) {
        boolean first = started.add(change.name());
        Destination old = change.old();
        return !store.wasClosedCleanly()
                && (first || (old != null && old.lanes().stream().anyMatch(Lane::isFlagging)));
    }

    private <T> CompletableFuture<T> betweenCommits(Supplier<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        boolean taken = store.betweenCommits(() -> {
            try {
                result.complete(task.get());
            } catch (RuntimeException | Error e) {
                // Whatever it is, nobody may wait for ever for what does not come.
                result.completeExceptionally(e);
            }
        });
        if (!taken) {
            // The store is closing: the next start takes the queue up.
            result.cancel(false);
        }
        return result;
    }

    private void again(CompletableFuture<Void> waiting, Supplier<CompletableFuture<Void>> what) {
        if (thread.isShutdown()) {
            waiting.cancel(false);
            return;
        }
        var unused = thread.schedule(
                () -> what.get().whenComplete((done, failure) -> {
                    if (failure == null) {
                        waiting.complete(null);
                    } else {
                        waiting.completeExceptionally(failure);
                    }
                }),
                AGAIN_AFTER_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /** Begins nothing new; what is left undone the next start takes up. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
