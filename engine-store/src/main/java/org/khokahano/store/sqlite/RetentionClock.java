package org.khokahano.store.sqlite;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.khokahano.loop.EngineClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time by which retention judges age. A machine that comes up in 2099 must not lose what is a day
 * old, so that the wall clock is believed only near to where it was last: within a month of the last
 * run before a restart, which leaves room for an engine that was off, and within a day of what
 * monotonic time says since the last run in this life. Otherwise time goes on from there at the pace of
 * monotonic time: never too fast, so that nothing goes early, and what is truly old still goes. A clock
 * that is behind removes too little, which does no harm.
 *
 * <p>Only the thread that prunes uses it.
 */
final class RetentionClock {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionClock.class);

    private static final Duration AHEAD_AFTER_RESTART = Duration.ofDays(30);
    private static final Duration AHEAD_WHILE_RUNNING = Duration.ofDays(1);

    private final EngineClock clock;
    private boolean running;
    private long trustedMillis;
    private long atNanos;

    RetentionClock(EngineClock clock) {
        this.clock = clock;
    }

    boolean isRunning() {
        return running;
    }

    /**
     * Sets out from what an earlier life believed.
     *
     * @param lastMillis that time, or 0 where there was none
     */
    void start(long lastMillis) {
        running = true;
        atNanos = clock.nanoTime();
        long wall = clock.wallMillis();
        boolean doubted = lastMillis > 0 && wall - lastMillis > AHEAD_AFTER_RESTART.toMillis();
        trustedMillis = doubted ? lastMillis : Math.max(wall, lastMillis);
    }

    /** The time to judge by, in milliseconds of wall time; never ahead of the wall clock. */
    long nowMillis() {
        long nanos = clock.nanoTime();
        long wall = clock.wallMillis();
        long expected = trustedMillis + TimeUnit.NANOSECONDS.toMillis(nanos - atNanos);
        atNanos = nanos;
        if (wall - expected > AHEAD_WHILE_RUNNING.toMillis()) {
            trustedMillis = expected;
            tell(wall);
        } else {
            trustedMillis = Math.max(trustedMillis, wall);
        }
        return Math.min(wall, trustedMillis);
    }

    /** How far the clock was believed; what the next life sets out from. Does not go back. */
    long trustedMillis() {
        return trustedMillis;
    }

    private void tell(long wallMillis) {
        LOG.error(
                "the wall clock says {}, which is {} days ahead of what retention can account for: only what is"
                        + " old without it is removed. Correct the clock; or, if it is right, stop the engine"
                        + " and run: khoka store trust-clock",
                Instant.ofEpochMilli(wallMillis).truncatedTo(ChronoUnit.SECONDS),
                TimeUnit.MILLISECONDS.toDays(wallMillis - trustedMillis));
    }
}
