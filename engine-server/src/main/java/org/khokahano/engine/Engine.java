package org.khokahano.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.khokahano.accept.Listener;
import org.khokahano.admin.EngineStatus;
import org.khokahano.admin.HeldDesk;
import org.khokahano.answer.ApplicationAcks;
import org.khokahano.config.EngineConfig;
import org.khokahano.event.FaultPlace;
import org.khokahano.lane.Destination;
import org.khokahano.lane.Lane;
import org.khokahano.mllp.EventLoops;
import org.khokahano.store.LaneBacklog;
import org.khokahano.store.archive.MessageArchive;
import org.khokahano.store.archive.WaitingCount;
import org.khokahano.store.sqlite.SqliteMessageStore;
import org.khokahano.tls.TlsContext;
import org.khokahano.tls.TlsReloader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running engine. Starts against the flow (lanes first), stops with it (listeners first). */
public final class Engine {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    /** How long stopping waits for answers under way: those to senders, and those of partners. */
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(5);

    private static final long LOOK_EVERY_MILLIS = 20;

    private final EventLoops loops;
    private final TlsReloader certificates;
    private final Storage storage;
    private final EngineSwitch engineSwitch;
    private final LaneHandover handover;
    private final HeldDeliveries held;
    private final CodeRelease release;
    private volatile EngineRevision live;
    private volatile Runnable whenSwitched = () -> {};
    private volatile EngineStatus.Phase phase = EngineStatus.Phase.STARTING;
    private volatile long inForceSinceMillis;
    private boolean stopped;

    Engine(
            EventLoops loops,
            TlsReloader certificates,
            Storage storage,
            EngineRevision first,
            EngineSwitch engineSwitch,
            LaneHandover handover,
            HeldDeliveries held,
            CodeRelease release) {
        this.loops = loops;
        this.certificates = certificates;
        this.storage = storage;
        this.live = first;
        this.engineSwitch = engineSwitch;
        this.handover = handover;
        this.held = held;
        this.release = release;
    }

    /**
     * Takes up what is queued, then opens the ports.
     *
     * @throws org.khokahano.store.StoreException if the queue cannot be read; everything is closed
     *     then
     */
    public synchronized void start() {
        long began = System.nanoTime();
        SqliteMessageStore store = storage.store();
        try {
            Map<String, String> paused = handover.paused();
            for (Destination destination : destinations()) {
                LaneBacklog[] backlog =
                        store.backlog(destination.name(), destination.lanes().size());
                for (Lane lane : destination.lanes()) {
                    LaneBacklog queued = backlog[lane.settings().number()];
                    lane.start(queued, !store.wasClosedCleanly(), paused.get(destination.name()));
                }
            }
            Unfinished.takeUp(live, store, loops);
            listeners().forEach(Listener::start);
            storage.retention().start();
            storage.conformance().start();
            release.start();
        } catch (RuntimeException e) {
            stop();
            throw e;
        }
        phase = EngineStatus.Phase.RUNNING;
        inForceSinceMillis = System.currentTimeMillis();
        LOG.info("engine is ready after {} ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
    }

    /**
     * Stops in the order of the flow, and returns once all is closed. A second call waits for the
     * first and does nothing.
     *
     * <ol>
     *   <li>The listeners take nothing new; every frame that was read is answered.
     *   <li>The lanes deliver what is queued, for at most the drain time. This ends at once when no
     *       lane can go on without waiting: each is empty, or is retrying, held or paused with nothing
     *       outstanding. What is left is in the store, and goes on after the next start.
     *   <li>The lanes send nothing new; what is outstanding at a partner has a few seconds to be
     *       answered. What is not is recorded as unknown, so that its repetition is flagged.
     *   <li>The store commits what waits, and everything is closed.
     * </ol>
     */
    public synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        phase = EngineStatus.Phase.STOPPING;
        LOG.info("engine is stopping");
        List<Listener> listeners = listeners();
        listeners.forEach(Listener::stop);
        if (!waitUntil(() -> listeners.stream().allMatch(l -> l.connectionCount() == 0), ANSWERS_WITHIN)) {
            LOG.warn("stopping although some senders have not been answered; they will send again");
        }
        listeners.forEach(Listener::close);
        release.close();
        waitUntil(this::lanesAreAtRest, live.config().shutdown().drain());
        handover.close();
        stopLanes();
        long left = destinations().stream().mapToLong(Destination::depth).sum();
        storage.close();
        certificates.close();
        loops.close();
        LOG.info("engine has stopped; {} deliveries stay queued for the next start", left);
    }

    /** What it is doing. */
    public EngineStatus.Phase phase() {
        return phase;
    }

    /** Its listeners, bound or not. */
    public List<Listener> listeners() {
        return live.ports();
    }

    /** Its destinations with their lanes. */
    public Collection<Destination> destinations() {
        return live.destinations().values();
    }

    /** Where its messages are. */
    public SqliteMessageStore store() {
        return storage.store();
    }

    /** What deliveries wait for after their partners accepted them. */
    ApplicationAcks applicationAcks() {
        return engineSwitch.applicationAcks();
    }

    /** What operators read of the store. */
    public MessageArchive archive() {
        return storage.archive();
    }

    /** What an operator may have done about held deliveries. */
    HeldDesk heldDesk() {
        return new Reprocessing(held, release);
    }

    /** What waits for rows in a code table, as counted some seconds ago. */
    WaitingCount waitingFor(String table) {
        return release.waitingFor(table);
    }

    /** The certificates in use: whose they are, until when, and whether replacing them failed. */
    public List<TlsContext> certificates() {
        return certificates.contexts();
    }

    /** What of certificates and keys has another content than is in force, in sentences. Blocks on the disk. */
    List<String> changedCertificates() {
        return certificates.contexts().stream()
                .filter(TlsContext::isChanged)
                .map(context -> context.owner() + ": the content of its certificate or key files changed, which"
                        + " counts from the next connection on")
                .toList();
    }

    /** Puts what certificates and keys hold now in force, without waiting for the next look at them. */
    void readCertificates() {
        certificates.look();
    }

    /** Those of {@link #destinations()} and former ones whose lanes have not ended yet. */
    Collection<Destination> allDestinations() {
        List<Destination> all = new ArrayList<>(live.destinations().values());
        all.addAll(handover.retired());
        return all;
    }

    /** The number of the configuration that messages are planned by. */
    public int revision() {
        return live.number();
    }

    /** The configuration that messages are planned by. */
    public EngineConfig config() {
        return live.config();
    }

    /** Destinations whose old lanes wait for a partner's answer before the new ones take over. */
    public List<String> changing() {
        return handover.underway();
    }

    /** How many deliveries wait for a destination, in the configuration or not. */
    long queued(String destination) {
        Destination running = live.destinations().get(destination);
        return running != null
                ? running.depth()
                : store().backlog(destination, 1)[0].depth();
    }

    /** Wall time, in milliseconds, since when the configuration is in force; 0 before the start. */
    public long inForceSinceMillis() {
        return inForceSinceMillis;
    }

    /**
     * Makes all that a configuration needs, and throws it away.
     *
     * @return what could not be tried, in sentences
     * @throws RevisionRefused where it cannot be switched to
     */
    synchronized List<String> tryOut(EngineConfig config) throws RevisionRefused {
        EngineSwitch.Prepared prepared = engineSwitch.prepare(live, live.number() + 1, config);
        engineSwitch.discard(prepared);
        return EngineSwitch.untried(prepared);
    }

    /** Runs the task after each switch, on the thread that switches. */
    public void whenSwitched(Runnable task) {
        whenSwitched = task;
    }

    /**
     * Changes to another configuration while messages are taken and delivered. Connections of listeners
     * whose transport stays the same stay open; nothing queued is lost; every message is planned whole by
     * one of the two. Blocks for less than a second, and not for the lanes: {@link #changing()}.
     *
     * @param recorded called once it is sure that the switch will be made, before it is
     * @throws RevisionRefused where it cannot be switched to; the running configuration goes on
     */
    public synchronized void switchTo(int number, EngineConfig config, Runnable recorded) throws RevisionRefused {
        if (phase != EngineStatus.Phase.RUNNING) {
            throw new RevisionRefused(List.of("the engine is not running"));
        }
        EngineSwitch.Prepared prepared = engineSwitch.prepare(live, number, config);
        try {
            recorded.run();
        } catch (RuntimeException e) {
            engineSwitch.discard(prepared);
            throw e;
        }
        long began = System.nanoTime();
        // What is released while ports and lanes are exchanged is planned by the one that comes.
        held.planBy(prepared.next());
        engineSwitch.perform(prepared);
        live = prepared.next();
        inForceSinceMillis = System.currentTimeMillis();
        release.begin();
        whenSwitched.run();
        LOG.info(
                "revision {} is in force after {} ms",
                number,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
    }

    private boolean lanesAreAtRest() {
        Boolean atRest = await(
                eachLane(Lane::isAtRest, answers -> answers.stream().allMatch(CompletableFuture::join)),
                ANSWERS_WITHIN);
        return atRest != null && atRest;
    }

    private void stopLanes() {
        Function<Lane, CompletionStage<Void>> stop = lane -> lane.stop("the engine is stopping");
        if (await(eachLane(stop, answers -> true), ANSWERS_WITHIN) == null) {
            LOG.warn("stopping without waiting longer for partners' answers; what is outstanding"
                    + " will be sent again, flagged as a possible duplicate");
            allDestinations().forEach(destination -> destination.lanes().forEach(Lane::disconnect));
            if (await(eachLane(stop, answers -> true), ANSWERS_WITHIN) == null) {
                LOG.error("a lane did not stop; its last attempts may be missing from the store");
            }
        }
    }

    /** Asks each lane, and completes once all have answered. */
    private <A, R> CompletableFuture<R> eachLane(
            Function<Lane, CompletionStage<A>> question, Function<List<CompletableFuture<A>>, R> result) {
        List<CompletableFuture<A>> answers = allDestinations().stream()
                .map(Destination::lanes)
                .flatMap(Collection::stream)
                .map(lane -> question.apply(lane).toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(done -> result.apply(answers));
    }

    /** Asks now and then; true as soon as the answer has been yes twice, false after the time. */
    private static boolean waitUntil(BooleanSupplier condition, Duration time) {
        long deadline = System.nanoTime() + time.toNanos();
        // Twice, since what was committed last may be on its way to its lane.
        int yes = 0;
        while (yes < 2) {
            yes = condition.getAsBoolean() ? yes + 1 : 0;
            if (yes < 2) {
                if (System.nanoTime() > deadline) {
                    return false;
                }
                try {
                    TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
        }
        return true;
    }

    /** The answer, or null where it did not come in time. */
    private static <R> @Nullable R await(CompletableFuture<R> future, Duration time) {
        try {
            return future.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (ExecutionException e) {
            LOG.error("a lane failed while it was being stopped: {}", FaultPlace.of(e));
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
