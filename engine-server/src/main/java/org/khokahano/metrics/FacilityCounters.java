package org.khokahano.metrics;

import io.micrometer.core.instrument.Counter;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One counter for each facility and stage, for so many facilities; others share "other". Facilities are what
 * senders write, so that without a bound they could make series without end.
 */
final class FacilityCounters {

    static final int MAX_FACILITIES = 100;

    private static final String OTHER = "other";

    private final Meters meters;
    private final Metric metric;
    private final ConcurrentHashMap<String, ConcurrentHashMap<String, Counter>> facilities = new ConcurrentHashMap<>();

    FacilityCounters(Meters meters, Metric metric) {
        this.meters = meters;
        this.metric = metric;
    }

    void increment(String facility, String stage, long times) {
        ConcurrentHashMap<String, Counter> stages = facilities.get(facility);
        String counted = stages != null || facilities.size() < MAX_FACILITIES ? facility : OTHER;
        facilities
                .computeIfAbsent(counted, made -> new ConcurrentHashMap<>())
                .computeIfAbsent(stage, made -> meters.counter(metric, counted, made))
                .increment(times);
    }
}
