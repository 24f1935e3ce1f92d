package org.khokahano.metrics;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.khokahano.lane.Destination;
import org.khokahano.lane.Lane;
import org.khokahano.lane.LaneState;
import org.khokahano.loop.EngineClock;
import org.khokahano.store.StoreHealth;

/** What is so, read at each scrape from the running engine. */
public final class EngineGauges {

    /** An engine with more lanes shows them by destination only, so that series stay bounded. */
    private static final int MAX_LANES = 128;

    private final Meters meters;
    private final EngineClock clock;
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
        meters.gauge(Metric.LISTENER_BOUND, bound, b -> number(b.getAsBoolean()), listener);
    }

    public void addStore(Supplier<StoreHealth> store) {
        meters.gauge(Metric.STORE_WAITING_BYTES, store, s -> s.get().waitingBytes());
        meters.gauge(Metric.STORE_FREE_BYTES, store, s -> s.get().freeBytes());
        meters.gauge(Metric.STORE_FAILED, store, s -> number(s.get().failed()));
        meters.gauge(
                Metric.STORE_REFUSING, store, s -> number(!s.get().refusal().isEmpty()));
    }

    public void addDestination(Destination destination) {
        String name = destination.name();
        meters.gauge(Metric.QUEUE_DEPTH, destination, Destination::depth, name);
        meters.gauge(Metric.QUEUE_OLDEST_AGE, destination, this::oldestAgeSeconds, name);
        for (LaneState state : LaneState.values()) {
            meters.gauge(Metric.LANES, destination, d -> lanesIn(d, state), name, state.name());
        }
        for (Lane lane : destination.lanes()) {
            if (lanes++ < MAX_LANES) {
                String number = Integer.toString(lane.settings().number());
                meters.gauge(Metric.LANE_DEPTH, lane, Lane::depth, name, number);
            }
        }
    }

    private double oldestAgeSeconds(Destination destination) {
        long oldest = destination.lanes().stream()
                .mapToLong(Lane::oldestReceivedMillis)
                .filter(millis -> millis > 0)
                .min()
                .orElse(0);
        return oldest == 0 ? 0 : Math.max(0, clock.wallMillis() - oldest) / 1_000.0;
    }

    private static double lanesIn(Destination destination, LaneState state) {
        return destination.lanes().stream().filter(l -> l.state() == state).count();
    }

    private static double number(boolean value) {
        return value ? 1 : 0;
    }
}
