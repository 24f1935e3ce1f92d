package org.khokahano.metrics;

import io.micrometer.core.instrument.Counter;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** One counter for each code, up to a bound; codes past it share the counter "other". */
final class CodeCounters {

    /** More codes than the engine has of any kind: past it, a caller is putting free text in. */
    static final int MAX_CODES = 32;

    private static final String OTHER = "other";

    private final Function<String, Counter> maker;
    private final ConcurrentHashMap<String, Counter> counters = new ConcurrentHashMap<>();

    CodeCounters(Function<String, Counter> maker) {
        this.maker = maker;
    }

    void increment(String code) {
        increment(code, 1);
    }

    void increment(String code, int times) {
        Counter counter = counters.get(code);
        if (counter == null) {
            String bounded = counters.size() < MAX_CODES ? code : OTHER;
            counter = counters.computeIfAbsent(bounded, maker);
        }
        counter.increment(times);
    }
}
