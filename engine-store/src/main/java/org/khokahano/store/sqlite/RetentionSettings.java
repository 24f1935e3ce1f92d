package org.khokahano.store.sqlite;

import java.time.Duration;

/**
 * How long what is resolved is kept, and how gently it is removed.
 *
 * @param bodies messages older than this lose their bytes, the partners' answers included
 * @param metadata what is known about them goes after this
 * @param duplicateWindow nothing younger than this is touched, since duplicates are told by their
 *     bytes; the longest window of any listener
 * @param conformance what validation counted is kept for so long
 * @param every how often it runs
 * @param step how long one step may hold up the writer
 */
public record RetentionSettings(
        Duration bodies,
        Duration metadata,
        Duration duplicateWindow,
        Duration conformance,
        Duration every,
        Duration step) {

    public RetentionSettings {
        if (bodies.compareTo(metadata) > 0) {
            throw new IllegalArgumentException("bodies are kept at most as long as metadata");
        }
    }

    /** Keeps counts of validation as long as what is known of messages. */
    public RetentionSettings(
            Duration bodies, Duration metadata, Duration duplicateWindow, Duration every, Duration step) {
        this(bodies, metadata, duplicateWindow, metadata, every, step);
    }

    /** Runs every ten minutes, in steps of 10 ms. */
    public static RetentionSettings keeping(
            Duration bodies, Duration metadata, Duration duplicateWindow, Duration conformance) {
        return new RetentionSettings(
                bodies, metadata, duplicateWindow, conformance, Duration.ofMinutes(10), Duration.ofMillis(10));
    }

    /** Counts of days before this one may go; days since 1970-01-01, UTC. */
    long conformanceCutoffDay(long nowMillis) {
        return Math.floorDiv(
                nowMillis - conformance.toMillis(), Duration.ofDays(1).toMillis());
    }

    /** What was stored before this wall time may lose its bytes. */
    long bodyCutoffMillis(long nowMillis) {
        return nowMillis - longer(bodies, duplicateWindow).toMillis();
    }

    /** What was stored before this wall time may go altogether. */
    long metadataCutoffMillis(long nowMillis) {
        return nowMillis - longer(metadata, duplicateWindow).toMillis();
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
