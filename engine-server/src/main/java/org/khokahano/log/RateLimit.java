package org.khokahano.log;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.khokahano.loop.EngineClock;

/** Lets one line of a kind through in a while, and counts the others. */
final class RateLimit {

    private static final int MAX_KINDS = 1_000;

    private final EngineClock clock;
    private final long everyNanos;
    private final Map<String, Kind> kinds = new HashMap<>();

    private static final class Kind {
        private long lastNanos;
        private long heldBack;
    }

    RateLimit(EngineClock clock, Duration every) {
        this.clock = clock;
        this.everyNanos = every.toNanos();
    }

    /**
     * Asks for one line.
     *
     * @return how many of this kind were held back since the last one; -1 to hold this one back too
     */
    synchronized long heldBack(String name) {
        Kind kind = kinds.get(name);
        long now = clock.nanoTime();
        if (kind == null) {
            if (kinds.size() >= MAX_KINDS) {
                kinds.clear();
            }
            kind = new Kind();
            kinds.put(name, kind);
        } else if (now - kind.lastNanos < everyNanos) {
            kind.heldBack++;
            return -1;
        }
        long before = kind.heldBack;
        kind.lastNanos = now;
        kind.heldBack = 0;
        return before;
    }
}
