package org.khokahano.metrics;

import io.micrometer.core.instrument.Gauge;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.khokahano.accept.Listener;
import org.khokahano.lane.Destination;
import org.khokahano.lane.Lane;
import org.khokahano.lane.LaneState;
import org.khokahano.loop.EngineClock;
import org.khokahano.store.StoreHealth;
import org.khokahano.store.archive.MessageArchive;
import org.khokahano.store.archive.WaitingCount;

/** What is so, read at each scrape from the running engine. */
public final class EngineGauges {

    /** An engine with more lanes shows them by destination only, so that series stay bounded. */
    private static final int MAX_LANES = 128;

    private final Meters meters;
    private final EngineClock clock;
    private final Map<String, List<Gauge>> listeners = new HashMap<>();
    private final Map<Destination, List<Gauge>> shown = new IdentityHashMap<>();
    private final Map<String, List<Gauge>> tables = new HashMap<>();
    private final Map<String, List<Gauge>> acks = new HashMap<>();
    private int lanes;

    public EngineGauges(EngineMetrics metrics, EngineClock clock) {
        this.meters = metrics.meters();
        this.clock = clock;
    }

    public void addBuild(String version, String java) {
        meters.gauge(Metric.BUILD, version, any -> 1, version, java);
    }

    public void addReady(BooleanSupplier ready) {
        meters.gauge(Metric.READY, ready, r -> number(r.getAsBoolean()));
    }

    public void addListener(String listener, BooleanSupplier bound) {
        meters.remove(listeners.remove(listener));
        listeners.put(
                listener, List.of(meters.gauge(Metric.LISTENER_BOUND, bound, b -> number(b.getAsBoolean()), listener)));
    }

    /** Shows these listeners and no others from now on; a change of the configuration may bring others. */
    public synchronized void show(Collection<Listener> running, Collection<Destination> destinationsNow) {
        Set<String> names = running.stream().map(Listener::name).collect(Collectors.toSet());
        List.copyOf(listeners.keySet()).stream()
                .filter(name -> !names.contains(name))
                .forEach(name -> meters.remove(listeners.remove(name)));
        running.forEach(listener ->
                addListener(listener.name(), () -> listener.problem().isEmpty()));
        List.copyOf(shown.keySet()).stream()
                .filter(destination -> destinationsNow.stream().noneMatch(now -> now == destination))
                .forEach(this::remove);
        destinationsNow.stream()
                .filter(destination -> !shown.containsKey(destination))
                .forEach(this::addDestination);
    }

    private void remove(Destination destination) {
        List<Gauge> removed = shown.remove(destination);
        if (removed != null) {
            lanes -= (int) removed.stream()
                    .filter(gauge -> gauge.getId().getName().equals(Metric.LANE_DEPTH.exported()))
                    .count();
        }
        meters.remove(removed);
    }

    /** Shows what waits for rows in these code tables, and in no others. */
    public synchronized void showTables(Collection<String> now, Function<String, WaitingCount> waiting) {
        List.copyOf(tables.keySet()).stream()
                .filter(table -> !now.contains(table))
                .forEach(table -> meters.remove(tables.remove(table)));
        for (String table : now) {
            tables.computeIfAbsent(
                    table,
                    name -> List.of(
                            meters.gauge(
                                    Metric.CODES_WAITING,
                                    waiting,
                                    w -> w.apply(name).codes(),
                                    name),
                            meters.gauge(
                                    Metric.DELIVERIES_WAITING,
                                    waiting,
                                    w -> w.apply(name).deliveries(),
                                    name)));
        }
    }

    /** Shows what waits for the application acknowledgements of these destinations, and of no others. */
    public synchronized void showAcks(
            Collection<String> now, ToLongFunction<String> waiting, ToLongFunction<String> oldestMillis) {
        List.copyOf(acks.keySet()).stream()
                .filter(destination -> !now.contains(destination))
                .forEach(destination -> meters.remove(acks.remove(destination)));
        for (String destination : now) {
            acks.computeIfAbsent(
                    destination,
                    name -> List.of(
                            meters.gauge(Metric.ACKS_PENDING, waiting, w -> w.applyAsLong(name), name),
                            meters.gauge(
                                    Metric.ACKS_OLDEST_AGE,
                                    oldestMillis,
                                    oldest -> ageSeconds(oldest.applyAsLong(name)),
                                    name)));
        }
    }

    private double ageSeconds(long sinceMillis) {
        return sinceMillis == 0 ? 0 : Math.max(0, clock.wallMillis() - sinceMillis) / 1_000.0;
    }

    /** The configuration in force: its number, since when, and how many destinations are still changing to it. */
    public void addRevision(IntSupplier revision, LongSupplier sinceMillis, IntSupplier changing) {
        meters.gauge(Metric.REVISION, revision, IntSupplier::getAsInt);
        meters.gauge(Metric.REVISION_SINCE, sinceMillis, since -> since.getAsLong() / 1_000.0);
        meters.gauge(Metric.DESTINATIONS_CHANGING, changing, IntSupplier::getAsInt);
    }

    public void addStore(Supplier<StoreHealth> store) {
        meters.gauge(Metric.STORE_WAITING_BYTES, store, s -> s.get().waitingBytes());
        meters.gauge(Metric.STORE_FREE_BYTES, store, s -> s.get().freeBytes());
        meters.gauge(Metric.STORE_FAILED, store, s -> number(s.get().failed()));
        meters.gauge(
                Metric.STORE_REFUSING, store, s -> number(!s.get().refusal().isEmpty()));
    }

    public void addArchive(MessageArchive archive) {
        meters.gauge(Metric.STORE_INDEX_LAG, archive, MessageArchive::indexLag);
    }

    public void addDestination(Destination destination) {
        String name = destination.name();
        List<Gauge> gauges = new ArrayList<>();
        gauges.add(meters.gauge(Metric.QUEUE_DEPTH, destination, Destination::depth, name));
        gauges.add(meters.gauge(Metric.QUEUE_OLDEST_AGE, destination, this::oldestAgeSeconds, name));
        for (LaneState state : LaneState.values()) {
            gauges.add(meters.gauge(Metric.LANES, destination, d -> lanesIn(d, state), name, state.name()));
        }
        for (Lane lane : destination.lanes()) {
            if (lanes < MAX_LANES) {
                lanes++;
                String number = Integer.toString(lane.settings().number());
                gauges.add(meters.gauge(Metric.LANE_DEPTH, lane, Lane::depth, name, number));
            }
        }
        shown.put(destination, gauges);
    }

    private double oldestAgeSeconds(Destination destination) {
        long oldest = destination.lanes().stream()
                .mapToLong(Lane::oldestReceivedMillis)
                .filter(millis -> millis > 0)
                .min()
                .orElse(0);
        return ageSeconds(oldest);
    }

    private static double lanesIn(Destination destination, LaneState state) {
        return destination.lanes().stream().filter(l -> l.state() == state).count();
    }

    private static double number(boolean value) {
        return value ? 1 : 0;
    }
}
