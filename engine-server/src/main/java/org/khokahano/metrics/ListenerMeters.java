package org.khokahano.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.atomic.AtomicInteger;

/** The meters of one listener. */
final class ListenerMeters {

    final Counter received;
    final Counter receivedBytes;
    final Counter skippedBytes;
    final Counter accepted;
    final Counter duplicates;
    final Counter unrouted;
    final Counter planned;
    final Counter connectionsOpened;
    final Counter connectionsSilent;
    final CodeCounters connectionsRefused;
    final CodeCounters requestsRefused;
    final CodeCounters rejected;
    final CodeCounters quarantined;
    final CodeCounters warnings;
    final CodeCounters fragments;
    final CodeCounters findings;
    final Timer ackLatency;
    final Counter acknowledgementsTaken;
    final CodeCounters linksStarted;
    final CodeCounters queries;
    final Timer queryDuration;
    final AtomicInteger connections = new AtomicInteger();

    ListenerMeters(Meters meters, String listener) {
        received = meters.counter(Metric.MESSAGES_RECEIVED, listener);
        receivedBytes = meters.counter(Metric.RECEIVED_BYTES, listener);
        skippedBytes = meters.counter(Metric.SKIPPED_BYTES, listener);
        accepted = meters.counter(Metric.MESSAGES_ACCEPTED, listener);
        duplicates = meters.counter(Metric.MESSAGES_DUPLICATE, listener);
        unrouted = meters.counter(Metric.MESSAGES_UNROUTED, listener);
        planned = meters.counter(Metric.DELIVERIES_PLANNED, listener);
        connectionsOpened = meters.counter(Metric.CONNECTIONS_OPENED, listener);
        connectionsSilent = meters.counter(Metric.CONNECTIONS_SILENT, listener);
        connectionsRefused = meters.byCode(Metric.CONNECTIONS_REFUSED, listener);
        requestsRefused = meters.byCode(Metric.REQUESTS_REFUSED, listener);
        rejected = meters.byCode(Metric.MESSAGES_REJECTED, listener);
        quarantined = meters.byCode(Metric.MESSAGES_QUARANTINED, listener);
        warnings = meters.byCode(Metric.WARNINGS, listener);
        fragments = meters.byCode(Metric.FRAGMENTS, listener);
        findings = meters.byCode(Metric.FINDINGS, listener);
        ackLatency = meters.timer(Metric.ACK_LATENCY, listener);
        acknowledgementsTaken = meters.counter(Metric.ACKNOWLEDGEMENTS_TAKEN, listener);
        linksStarted = meters.byCode(Metric.LINKS_STARTED, listener);
        queries = meters.byCode(Metric.QUERIES, listener);
        queryDuration = meters.timer(Metric.QUERY_DURATION, listener);
        meters.gauge(Metric.CONNECTIONS_OPEN, connections, AtomicInteger::get, listener);
    }
}
