package org.khokahano.bench.load;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/** Counts one phase. Written by the event loop's thread; only the two totals are read by others. */
final class PhaseRecorder {
    private static final long HIGHEST_NANOS = TimeUnit.HOURS.toNanos(1);

    private final MessageLedger ledger;
    private final long firstNumber;
    private final Histogram ackNanos = new Histogram(HIGHEST_NANOS, 3);
    private final Histogram endToEndNanos = new Histogram(HIGHEST_NANOS, 3);
    private final Map<String, Long> otherCodes = new TreeMap<>();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong delivered = new AtomicLong();
    private long applicationAccepts;
    private long commitAccepts;
    private long wrongAnswers;
    private long unanswered;
    private long duplicated;
    private long misordered;
    private long misorderedOverall;
    private long altered;
    private long foreign;
    private long firstSendNanos;
    private long lastAnswerNanos;
    private long lastArrivalNanos;

    PhaseRecorder(MessageLedger ledger) {
        this.ledger = ledger;
        this.firstNumber = ledger.count();
    }

    long sent() {
        return ledger.count() - firstNumber;
    }

    /** Safe from any thread. */
    long accepted() {
        return accepted.get();
    }

    /** Safe from any thread. */
    long delivered() {
        return delivered.get();
    }

    long lastEventNanos() {
        return Math.max(Math.max(firstSendNanos, lastAnswerNanos), lastArrivalNanos);
    }

    void onSend(long nowNanos) {
        if (firstSendNanos == 0) {
            firstSendNanos = nowNanos;
            lastAnswerNanos = nowNanos;
            lastArrivalNanos = nowNanos;
        }
    }

    /** A positive answer to the right message; code is the second letter's meaning of MSA-1. */
    void onAccept(long number, boolean commit, long nowNanos) {
        if (commit) {
            commitAccepts++;
        } else {
            applicationAccepts++;
        }
        ledger.accept(number);
        accepted.lazySet(accepted.getPlain() + 1);
        lastAnswerNanos = nowNanos;
        record(ackNanos, nowNanos - ledger.intendedNanos(number));
    }

    void onReject(String code, long nowNanos) {
        otherCodes.merge(code, 1L, Long::sum);
        lastAnswerNanos = nowNanos;
    }

    void onWrongAnswer() {
        wrongAnswers++;
    }

    void onUnanswered() {
        unanswered++;
    }

    void onForeign() {
        foreign++;
    }

    void onArrival(long number, long runningNumber, long nowNanos) {
        MessageLedger.Arrival arrival = ledger.arrive(number, runningNumber);
        lastArrivalNanos = nowNanos;
        if (!arrival.first()) {
            duplicated++;
            return;
        }
        misordered += arrival.inKeyOrder() ? 0 : 1;
        misorderedOverall += arrival.inOverallOrder() ? 0 : 1;
        altered += arrival.unaltered() ? 0 : 1;
        if (number >= firstNumber) {
            delivered.lazySet(delivered.getPlain() + 1);
            record(endToEndNanos, nowNanos - ledger.intendedNanos(number));
        }
    }

    PhaseResult result(boolean stalled) {
        Map<String, Long> acknowledged = new TreeMap<>(otherCodes);
        if (applicationAccepts > 0) {
            acknowledged.put("AA", applicationAccepts);
        }
        if (commitAccepts > 0) {
            acknowledged.put("CA", commitAccepts);
        }
        long lost = 0;
        for (long number = firstNumber; number < ledger.count(); number++) {
            lost += ledger.isLost(number) ? 1 : 0;
        }
        return new PhaseResult(
                sent(),
                acknowledged,
                accepted.get(),
                wrongAnswers,
                unanswered,
                delivered.get(),
                lost,
                duplicated,
                misordered,
                misorderedOverall,
                altered,
                foreign,
                (lastAnswerNanos - firstSendNanos) / 1e9,
                (lastArrivalNanos - firstSendNanos) / 1e9,
                ackNanos,
                endToEndNanos,
                stalled);
    }

    private static void record(Histogram histogram, long nanos) {
        histogram.recordValue(Math.max(0, Math.min(nanos, HIGHEST_NANOS)));
    }
}
