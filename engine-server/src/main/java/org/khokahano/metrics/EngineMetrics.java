package org.khokahano.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.khokahano.event.EngineEvents;
import org.khokahano.send.OutcomeKind;
import org.khokahano.validation.JudgedMessage;
import org.khokahano.validation.Judgement;
import org.khokahano.validation.Severity;

/**
 * Counts what happens. A message costs some lookups by name and some additions without a lock; the
 * meters of a listener or a destination are made when it first has something to tell, or before by
 * {@link #expectListener} and {@link #expectDestination}, so that a scrape shows zeros from the
 * beginning.
 */
public final class EngineMetrics implements EngineEvents, AutoCloseable {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Meters meters = new Meters(registry);
    private final JvmGcMetrics gcMetrics = new JvmGcMetrics();
    private final AtomicBoolean processIsBound = new AtomicBoolean();
    private final ConcurrentHashMap<String, ListenerMeters> listeners = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, DestinationMeters> destinations = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, CodeCounters> conditions = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, CodeCounters> filtered = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Counter> dropped = new ConcurrentHashMap<>();
    private final FacilityCounters validated = new FacilityCounters(meters, Metric.CONFORMANCE_MESSAGES);
    private final FacilityCounters withFindings = new FacilityCounters(meters, Metric.CONFORMANCE_WITH_FINDINGS);
    private final Timer commitDuration = meters.timer(Metric.COMMIT_DURATION);
    private final DistributionSummary commitMessages = meters.sizes(Metric.COMMIT_MESSAGES, 1, 10, 100, 1_000);
    private final Counter committedBytes = meters.counter(Metric.COMMITTED_BYTES);
    private final Counter committedMarks = meters.counter(Metric.COMMITTED_MARKS);
    private final Counter revisionsApplied = meters.counter(Metric.REVISIONS_APPLIED);
    private final Counter revisionsRefused = meters.counter(Metric.REVISIONS_REFUSED);
    private final Counter prunedBodies = meters.counter(Metric.PRUNED_BODIES);
    private final Counter prunedMessages = meters.counter(Metric.PRUNED_MESSAGES);
    private final Counter prunedQuarantined = meters.counter(Metric.PRUNED_QUARANTINED);
    private final Counter prunedBytes = meters.counter(Metric.PRUNED_BYTES);

    /**
     * Adds what is to be said of the JVM and the process; once, however often it is called. It loads so
     * much of the JDK's management that it is not done where the engine starts.
     */
    public void bindProcess() {
        if (processIsBound.compareAndSet(false, true)) {
            new JvmMemoryMetrics().bindTo(registry);
            gcMetrics.bindTo(registry);
            new JvmThreadMetrics().bindTo(registry);
            new ProcessorMetrics().bindTo(registry);
            new FileDescriptorMetrics().bindTo(registry);
            new UptimeMetrics().bindTo(registry);
        }
    }

    /** What there is to read besides the events. */
    Meters meters() {
        return meters;
    }

    /** Everything, in Prometheus' text format. */
    public String scrape() {
        return registry.scrape();
    }

    public void expectListener(String listener) {
        of(listener);
    }

    public void expectDestination(String destination) {
        to(destination);
    }

    private ListenerMeters of(String listener) {
        ListenerMeters known = listeners.get(listener);
        return known != null ? known : listeners.computeIfAbsent(listener, name -> new ListenerMeters(meters, name));
    }

    private DestinationMeters to(String destination) {
        DestinationMeters known = destinations.get(destination);
        return known != null
                ? known
                : destinations.computeIfAbsent(destination, name -> new DestinationMeters(meters, name));
    }

    @Override
    public void connectionOpened(String listener) {
        ListenerMeters its = of(listener);
        its.connectionsOpened.increment();
        its.connections.incrementAndGet();
    }

    @Override
    public void connectionClosed(String listener, boolean silent) {
        ListenerMeters its = of(listener);
        its.connections.decrementAndGet();
        if (silent) {
            its.connectionsSilent.increment();
        }
    }

    @Override
    public void connectionRefused(String listener, String reason) {
        of(listener).connectionsRefused.increment(reason);
    }

    @Override
    public void requestRefused(String listener, String reason) {
        of(listener).requestsRefused.increment(reason);
    }

    @Override
    public void conditionFailed(String route, String reason) {
        conditions
                .computeIfAbsent(route, name -> meters.byCode(Metric.CONDITIONS_FAILED, name))
                .increment(reason);
    }

    @Override
    public void filtered(String route, String filter) {
        filtered.computeIfAbsent(route, name -> meters.byCode(Metric.MESSAGES_FILTERED, name))
                .increment(filter);
    }

    @Override
    public void dropped(String mapping, int messages) {
        dropped.computeIfAbsent(mapping, name -> meters.counter(Metric.MESSAGES_DROPPED, name))
                .increment(messages);
    }

    @Override
    public void bytesSkipped(String listener, long bytes) {
        of(listener).skippedBytes.increment(bytes);
    }

    @Override
    public void received(String listener, int bytes) {
        ListenerMeters its = of(listener);
        its.received.increment();
        its.receivedBytes.increment(bytes);
    }

    @Override
    public void accepted(String listener, long messageId, int deliveries, Duration took) {
        ListenerMeters its = of(listener);
        its.accepted.increment();
        its.planned.increment(deliveries);
        its.ackLatency.record(took.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void duplicate(String listener, long messageId, Duration took) {
        ListenerMeters its = of(listener);
        its.duplicates.increment();
        its.ackLatency.record(took.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void acknowledgementTaken(String listener, Duration took) {
        of(listener).acknowledgementsTaken.increment();
    }

    @Override
    public void applicationAcknowledged(String destination, OutcomeKind outcome) {
        to(destination).applicationAcks.increment(outcome.key());
    }

    @Override
    public void linkStarted(String listener, boolean resynchronised, Duration took) {
        ListenerMeters its = of(listener);
        its.linksStarted.increment(resynchronised ? "resynchronise" : "start");
        its.ackLatency.record(took.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void queried(String listener, String outcome, Duration took) {
        ListenerMeters its = of(listener);
        its.queries.increment(outcome);
        its.queryDuration.record(took);
    }

    @Override
    public void rejected(String listener, String reason, Duration took) {
        ListenerMeters its = of(listener);
        its.rejected.increment(reason);
        its.ackLatency.record(took.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void quarantined(String listener, String reason, int bytes) {
        of(listener).quarantined.increment(reason);
    }

    @Override
    public void judged(String listener, JudgedMessage message) {
        for (Judgement judgement : message.judgements()) {
            for (Severity severity : Severity.values()) {
                int found = judgement.told(severity);
                if (found > 0) {
                    of(listener).findings.increment(severity.name().toLowerCase(Locale.ROOT), found);
                }
            }
        }
    }

    @Override
    public void conformed(String facility, String stage, long messages, long found) {
        validated.increment(facility, stage, messages);
        withFindings.increment(facility, stage, found);
    }

    @Override
    public void fragment(String listener, String what) {
        of(listener).fragments.increment(what);
    }

    @Override
    public void warned(String listener, String warning) {
        of(listener).warnings.increment(warning);
    }

    @Override
    public void unrouted(String listener, long messageId, boolean held) {
        of(listener).unrouted.increment();
    }

    @Override
    public void attempted(String destination, OutcomeKind outcome, Duration took) {
        DestinationMeters its = to(destination);
        Counter attempts = its.attempts.get(outcome);
        if (attempts != null) {
            attempts.increment();
        }
        its.attemptDuration.record(took.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void delivered(String destination, long messageId, int bytes, Duration sinceReceipt) {
        DestinationMeters its = to(destination);
        its.delivered.increment();
        its.deliveredBytes.increment(bytes);
        its.deliveryLatency.record(sinceReceipt.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void retrying(String destination, OutcomeKind outcome, boolean possibleDuplicate) {
        DestinationMeters its = to(destination);
        its.retried.increment();
        if (possibleDuplicate) {
            its.possibleDuplicates.increment();
        }
    }

    @Override
    public void deadLettered(String destination, long messageId, OutcomeKind outcome, String reason) {
        to(destination).deadLetters.increment();
    }

    @Override
    public void skipped(String destination, long messageId, String reason) {
        to(destination).skipped.increment();
    }

    @Override
    public void laneMoved(String destination, int lane, String from, String to, String reason) {
        to(destination).laneMoves.increment(to);
    }

    @Override
    public void queueUnreadable(String destination, int lane) {
        to(destination).queueReadFailures.increment();
    }

    @Override
    public void answerDropped(String destination, String reason) {
        to(destination).answersDropped.increment(reason);
    }

    @Override
    public void committed(int messages, int marks, long bytes, Duration took) {
        commitDuration.record(took.toNanos(), TimeUnit.NANOSECONDS);
        commitMessages.record(messages);
        committedBytes.increment(bytes);
        committedMarks.increment(marks);
    }

    @Override
    public void pruned(long bodies, long messages, long quarantined, long freedBytes, Duration took) {
        prunedBodies.increment(bodies);
        prunedMessages.increment(messages);
        prunedQuarantined.increment(quarantined);
        prunedBytes.increment(freedBytes);
    }

    @Override
    public void revisionApplied(int number) {
        revisionsApplied.increment();
    }

    @Override
    public void revisionRefused(String from) {
        revisionsRefused.increment();
    }

    @Override
    public void close() {
        gcMetrics.close();
        registry.close();
    }
}
