package org.khokahano.mllp;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.khokahano.loop.EngineClock;

/**
 * Says how often something may be logged that a peer can cause at will: once in ten seconds, with the
 * number of those that were not logged in between. Safe for several threads.
 */
final class LimitedLog {

    static final Duration INTERVAL = Duration.ofSeconds(10);

    private final EngineClock clock;
    private final AtomicLong next;
    private final AtomicLong suppressed = new AtomicLong();

    LimitedLog(EngineClock clock) {
        this.clock = clock;
        this.next = new AtomicLong(clock.nanoTime());
    }

    /** Whether it may be logged now. */
    boolean permits() {
        long now = clock.nanoTime();
        long due = next.get();
        if (now - due >= 0 && next.compareAndSet(due, now + INTERVAL.toNanos())) {
            return true;
        }
        suppressed.incrementAndGet();
        return false;
    }

    /** How many were not logged since this was last asked. */
    long suppressed() {
        return suppressed.getAndSet(0);
    }
}
