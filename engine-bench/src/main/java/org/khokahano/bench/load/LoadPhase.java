package org.khokahano.bench.load;

import java.time.Duration;

/**
 * One stretch of load, which ends at whichever of its two bounds comes first.
 *
 * @param messages how many messages at most
 * @param duration how long at most
 * @param ratePerSecond 0: each connection sends as soon as it has its answer; else a fixed schedule,
 *     and latency counts from the scheduled time, not from when a slow peer let us send
 * @param drain how long to wait without any arrival for acknowledged messages that have not arrived;
 *     zero does not wait
 */
public record LoadPhase(long messages, Duration duration, double ratePerSecond, Duration drain) {
    /** Long enough for a peer's pause, short enough to find a lost message in. */
    public static final Duration DEFAULT_DRAIN = Duration.ofSeconds(10);

    public LoadPhase {
        if (messages < 1 || duration.isNegative() || ratePerSecond < 0 || drain.isNegative()) {
            throw new IllegalArgumentException("A phase needs at least one message and no negative bound");
        }
    }

    /** A phase bounded by time. */
    public static LoadPhase lasting(Duration duration, double ratePerSecond) {
        return new LoadPhase(Long.MAX_VALUE, duration, ratePerSecond, DEFAULT_DRAIN);
    }

    /** A phase bounded by its messages, sent as fast as they are answered. */
    public static LoadPhase of(long messages) {
        return new LoadPhase(messages, Duration.ofHours(12), 0, DEFAULT_DRAIN);
    }

    /** The same with another wait for what has not arrived. */
    public LoadPhase draining(Duration otherDrain) {
        return new LoadPhase(messages, duration, ratePerSecond, otherDrain);
    }
}
