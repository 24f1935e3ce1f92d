package org.khokahano.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.khokahano.accept.Listener;
import org.khokahano.lane.Destination;
import org.khokahano.lane.Lane;
import org.khokahano.mllp.EventLoops;
import org.khokahano.store.LaneBacklog;
import org.khokahano.store.sqlite.SqliteMessageStore;
import org.khokahano.tls.TlsContext;
import org.khokahano.tls.TlsReloader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running engine. Starts against the flow (lanes first), stops with it (listeners first). */
public final class Engine {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private final EventLoops loops;
    private final TlsReloader certificates;
    private final SqliteMessageStore store;
    private final Map<String, Destination> destinations;
    private final List<Listener> listeners;
    private final Duration drain;

    Engine(
            EventLoops loops,
            TlsReloader certificates,
            SqliteMessageStore store,
            Map<String, Destination> destinations,
            List<Listener> listeners,
            Duration drain) {
        this.loops = loops;
        this.certificates = certificates;
        this.store = store;
        this.destinations = destinations;
        this.listeners = listeners;
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
        listeners.forEach(Listener::start);
        LOG.info("engine is ready");
    }

    /** Takes nothing new, delivers what is queued for at most the drain time, and closes. */
    public void stop() {
        listeners.forEach(Listener::stop);
        long deadline = System.nanoTime() + drain.toNanos();
        awaitEmptyLanes(deadline);
        List<CompletableFuture<Void>> stopped = new ArrayList<>();
        for (Destination destination : destinations.values()) {
            destination.lanes().forEach(lane -> stopped.add(lane.stop().toCompletableFuture()));
        }
        await(CompletableFuture.allOf(stopped.toArray(CompletableFuture[]::new)), deadline);
        listeners.forEach(Listener::close);
        store.close();
        certificates.close();
        loops.close();
        LOG.info("engine has stopped");
    }

    /** The certificates in use: whose they are, until when, and whether replacing them failed. */
    public List<TlsContext> certificates() {
        return certificates.contexts();
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
