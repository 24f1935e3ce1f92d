package org.khokahano.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import org.khokahano.send.OutcomeKind;

/** The meters of one destination. */
final class DestinationMeters {

    final Counter delivered;
    final Counter deliveredBytes;
    final Counter retried;
    final Counter possibleDuplicates;
    final Counter deadLetters;
    final Counter skipped;
    final Map<OutcomeKind, Counter> attempts = new EnumMap<>(OutcomeKind.class);
    final CodeCounters applicationAcks;
    final CodeCounters answersDropped;
    final CodeCounters laneMoves;
    final Counter queueReadFailures;
    final Timer attemptDuration;
    final Timer deliveryLatency;

    DestinationMeters(Meters meters, String destination) {
        delivered = meters.counter(Metric.DELIVERIES_DELIVERED, destination);
        deliveredBytes = meters.counter(Metric.DELIVERED_BYTES, destination);
        retried = meters.counter(Metric.DELIVERIES_RETRIED, destination);
        possibleDuplicates = meters.counter(Metric.POSSIBLE_DUPLICATES, destination);
        deadLetters = meters.counter(Metric.DEAD_LETTERS, destination);
        skipped = meters.counter(Metric.DELIVERIES_SKIPPED, destination);
        for (OutcomeKind kind : OutcomeKind.values()) {
            attempts.put(kind, meters.counter(Metric.ATTEMPTS, destination, kind.key()));
        }
        applicationAcks = meters.byCode(Metric.APPLICATION_ACKS, destination);
        answersDropped = meters.byCode(Metric.ANSWERS_DROPPED, destination);
        laneMoves = meters.byCode(Metric.LANE_MOVES, destination);
        queueReadFailures = meters.counter(Metric.QUEUE_READ_FAILURES, destination);
        attemptDuration = meters.timer(Metric.ATTEMPT_DURATION, destination);
        deliveryLatency = meters.timer(Metric.DELIVERY_LATENCY, destination);
    }
}
