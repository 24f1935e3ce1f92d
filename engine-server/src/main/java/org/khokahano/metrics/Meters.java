package org.khokahano.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Makes meters from the list of metrics. Making one is slow: once for each label, never per message. */
final class Meters {

    /** Around the promise of five seconds; each costs a series for every listener and destination. */
    private static final Duration[] LATENCY_BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60),
    };

    private final MeterRegistry registry;

    Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    Counter counter(Metric metric, String... labels) {
        return Counter.builder(metric.registered())
                .description(metric.help())
                .tags(metric.tags(labels))
                .register(registry);
    }

    CodeCounters byCode(Metric metric, String name) {
        return new CodeCounters(code -> counter(metric, name, code));
    }

    Timer timer(Metric metric, String... labels) {
        return Timer.builder(metric.registered())
                .description(metric.help())
                .tags(metric.tags(labels))
                .serviceLevelObjectives(LATENCY_BUCKETS)
                .register(registry);
    }

    DistributionSummary sizes(Metric metric, double... buckets) {
        return DistributionSummary.builder(metric.registered())
                .description(metric.help())
                .serviceLevelObjectives(buckets)
                .register(registry);
    }

    /** Takes gauges out of what is exported; nothing where there are none. */
    void remove(@Nullable List<Gauge> gauges) {
        if (gauges != null) {
            gauges.forEach(registry::remove);
        }
    }

    /** A value that is read when it is asked for. */
    <T> Gauge gauge(Metric metric, T source, ToDoubleFunction<T> value, String... labels) {
        return Gauge.builder(metric.exported(), source, value)
                .description(metric.help())
                .tags(metric.tags(labels))
                .strongReference(true)
                .register(registry);
    }
}
