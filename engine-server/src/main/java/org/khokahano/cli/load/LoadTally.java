package org.khokahano.cli.load;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.khokahano.cli.peer.Answer;

/** Counts what the connections see. Thread-safe. */
final class LoadTally {
    private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(1);

    private final Histogram latencyMicros = new Histogram(LONGEST_MICROS, 3);
    private final Map<String, Long> codes = new TreeMap<>();
    private final Map<String, Long> errors = new TreeMap<>();
    private final long startNanos = System.nanoTime();
    private long sent;
    private long underWay;
    private boolean ended;
    private long positive;
    private long lastNanos = startNanos;

    long startNanos() {
        return startNanos;
    }

    /** A message is about to be sent. */
    synchronized void began() {
        underWay++;
    }

    /** Nobody waits any longer: what is under way has no answer, and one that still comes is not counted. */
    synchronized void end() {
        if (underWay > 0) {
            sent += underWay;
            errors.merge("no answer before the end", underWay, Long::sum);
        }
        ended = true;
    }

    synchronized void answered(Answer answer, long dueNanos, long nowNanos) {
        if (ended) {
            return;
        }
        done(nowNanos);
        String code = answer.problem().isEmpty() ? answer.code() : answer.code() + " for another message";
        codes.merge(code, 1L, Long::sum);
        positive += answer.isPositive() ? 1 : 0;
        long micros = TimeUnit.NANOSECONDS.toMicros(nowNanos - dueNanos);
        latencyMicros.recordValue(Math.max(0, Math.min(LONGEST_MICROS, micros)));
    }

    synchronized void failed(String reason, long nowNanos) {
        if (ended) {
            return;
        }
        done(nowNanos);
        errors.merge(reason, 1L, Long::sum);
    }

    private void done(long nowNanos) {
        sent++;
        underWay--;
        lastNanos = nowNanos;
    }

    synchronized long done() {
        return sent;
    }

    synchronized LoadResult result() {
        return new LoadResult(
                sent,
                positive,
                new TreeMap<>(codes),
                new TreeMap<>(errors),
                latencyMicros.copy(),
                Math.max(1e-6, (lastNanos - startNanos) / 1e9));
    }
}
