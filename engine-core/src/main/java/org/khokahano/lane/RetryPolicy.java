package org.khokahano.lane;

import java.time.Duration;

/**
 * How long a lane waits before it tries again.
 *
 * @param first the wait after the first failure
 * @param max the longest wait
 * @param factor by how much the wait grows with each failure, at least 1
 * @param jitter the share of the wait that is random, from 0 to 1, so that lanes that failed
 *     together do not come back together
 */
public record RetryPolicy(Duration first, Duration max, double factor, double jitter) {

    public static RetryPolicy defaults() {
        return new RetryPolicy(Duration.ofSeconds(1), Duration.ofMinutes(5), 2.0, 0.2);
    }

    public RetryPolicy {
        if (first.isNegative() || first.isZero() || max.compareTo(first) < 0) {
            throw new IllegalArgumentException("retry needs 0 < first <= max, but has " + first + " and " + max);
        }
        if (factor < 1 || jitter < 0 || jitter > 1) {
            throw new IllegalArgumentException(
                    "retry needs factor >= 1 and 0 <= jitter <= 1, but has " + factor + " and " + jitter);
        }
    }

    /**
     * The wait after so many failures in a row.
     *
     * @param failures from 1
     * @param random from 0 (inclusive) to 1 (exclusive)
     */
    public Duration waitAfter(int failures, double random) {
        double grown = first.toNanos() * Math.pow(factor, Math.min(failures - 1, 1_000));
        // Leaves room for the jitter, so that no wait is longer than the longest.
        double capped = Math.min(grown, max.toNanos() / (1 + jitter));
        double spread = capped * jitter;
        return Duration.ofNanos((long) (capped - spread + 2 * spread * random));
    }
}
