package org.khokahano.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.khokahano.admin.EngineStatus;
import org.khokahano.lane.Destination;
import org.khokahano.lane.Lane;
import org.khokahano.mllp.EventLoops;
import org.khokahano.mllp.MllpListener;
import org.khokahano.store.LaneBacklog;
import org.khokahano.store.sqlite.SqliteMessageStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running engine. Starts against the flow (lanes first), stops with it (listeners first). */
public final class Engine {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private final EventLoops loops;
    private final SqliteMessageStore store;
    private final Map<String, Destination> destinations;
    private final List<MllpListener> listeners;
    private final Duration drain;
    private volatile EngineStatus.Phase phase = EngineStatus.Phase.STARTING;

    Engine(
            EventLoops loops,
            SqliteMessageStore store,
            Map<String, Destination> destinations,
            List<MllpListener> listeners,
            Duration drain) {
        this.loops = loops;
        this.store = store;
        this.destinations = destinations;
        this.listeners = List.copyOf(listeners);
        this.drain = drain;
    }

    /** Takes up what is queued, then opens the ports. */
    public void start() {
        for (Destination destination : destinations.values()) {
            LaneBacklog[] backlog =
                    store.backlog(destination.name(), destination.lanes().size());
            for (Lane lane : destination.lanes()) {
                LaneBacklog queued = backlog[lane.settings().number()];
                lane.start(queued, !store.wasClosedCleanly(), false);
            }
        }
        listeners.forEach(MllpListener::start);
        phase = EngineStatus.Phase.RUNNING;
        LOG.info("engine is ready");
    }

    /** What it is doing. */
    public EngineStatus.Phase phase() {
        return phase;
    }

    /** Its listeners, bound or not. */
    public List<MllpListener> listeners() {
        return listeners;
    }

    /** Its destinations with their lanes. */
    public Collection<Destination> destinations() {
        return Collections.unmodifiableCollection(destinations.values());
    }

    public SqliteMessageStore store() {
        return store;
    }

    /** Takes nothing new, delivers what is queued for at most the drain time, and closes. */
    public void stop() {
        phase = EngineStatus.Phase.STOPPING;
        listeners.forEach(MllpListener::stop);
        long deadline = System.nanoTime() + drain.toNanos();
        awaitEmptyLanes(deadline);
        List<CompletableFuture<Void>> stopped = new ArrayList<>();
        for (Destination destination : destinations.values()) {
            destination.lanes().forEach(lane -> stopped.add(lane.stop().toCompletableFuture()));
        }
        await(CompletableFuture.allOf(stopped.toArray(CompletableFuture[]::new)), deadline);
        listeners.forEach(MllpListener::close);
        store.close();
        loops.close();
        LOG.info("engine has stopped");
    }

    private void awaitEmptyLanes(long deadlineNanos) {
        while (destinations.values().stream().anyMatch(d -> d.depth() > 0) && System.nanoTime() < deadlineNanos) {
            try {
                TimeUnit.MILLISECONDS.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static void await(CompletableFuture<Void> future, long deadlineNanos) {
        try {
            long left = Math.max(1, deadlineNanos - System.nanoTime());
            future.get(left, TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("stopping without waiting longer for answers that are outstanding");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
