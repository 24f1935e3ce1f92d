package org.khokahano.bench.compare;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.khokahano.bench.load.PhaseResult;

/** One peer's measured stretch in one round, warm-up excluded; times in microseconds. */
@JsonInclude
record RoundResult(
        String scenario,
        String peer,
        int round,
        double acknowledgedPerSecond,
        double deliveredPerSecond,
        double ackP50Micros,
        double ackP95Micros,
        double ackP99Micros,
        double ackMaxMicros,
        double endToEndP50Micros,
        double endToEndP95Micros,
        double endToEndP99Micros,
        double endToEndMaxMicros,
        double cpuMicrosPerMessage,
        double harnessCpuMicrosPerMessage,
        double othersCpuPercent,
        long peakResidentKilobytes,
        long sent,
        Map<String, Long> answers,
        long wrongAnswers,
        long unanswered,
        long lost,
        long duplicated,
        long misordered,
        long misorderedOverall,
        long altered,
        long foreign,
        boolean stalled) {

    /**
     * The cost of a run.
     *
     * @param cpuMicrosPerMessage the measured process's
     * @param harnessCpuMicrosPerMessage generator's and sink's
     * @param othersCpuPercent what else kept the machine busy, of all its cores
     * @param peakResidentKilobytes the measured process's
     */
    record Cost(
            double cpuMicrosPerMessage,
            double harnessCpuMicrosPerMessage,
            double othersCpuPercent,
            long peakResidentKilobytes) {}

    static RoundResult of(Scenario scenario, Peer peer, int round, PhaseResult result, Cost cost) {
        Histogram ack = result.ackNanos();
        Histogram endToEnd = result.endToEndNanos();
        return new RoundResult(
                scenario.label(),
                peer.label(),
                round,
                result.acceptedPerSecond(),
                result.deliveredPerSecond(),
                micros(ack, 50),
                micros(ack, 95),
                micros(ack, 99),
                micros(ack, 100),
                micros(endToEnd, 50),
                micros(endToEnd, 95),
                micros(endToEnd, 99),
                micros(endToEnd, 100),
                cost.cpuMicrosPerMessage(),
                cost.harnessCpuMicrosPerMessage(),
                cost.othersCpuPercent(),
                cost.peakResidentKilobytes(),
                result.sent(),
                result.acknowledged(),
                result.wrongAnswers(),
                result.unanswered(),
                result.lost(),
                result.duplicated(),
                result.misordered(),
                // Only a single lane promises one order over all connections.
                scenario.lanes() == 1 ? result.misorderedOverall() : 0,
                result.altered(),
                result.foreign(),
                result.stalled());
    }

    /** Everything that should be zero, in a word; empty if it is. */
    String faults() {
        StringBuilder text = new StringBuilder();
        add(text, "wrong answers", wrongAnswers);
        add(text, "unanswered", unanswered);
        add(text, "altered", altered);
        add(text, "foreign", foreign);
        add(text, "out of overall order", misorderedOverall);
        answers.forEach((code, count) -> add(text, code, code.equals("AA") || code.equals("CA") ? 0 : count));
        add(text, "stalled", stalled ? 1 : 0);
        return text.toString();
    }

    private static void add(StringBuilder text, String what, long count) {
        if (count > 0) {
            text.append(text.length() > 0 ? ", " : "").append(count).append(' ').append(what);
        }
    }

    private static double micros(Histogram histogram, double percentile) {
        return histogram.getTotalCount() == 0 ? 0 : histogram.getValueAtPercentile(percentile) / 1e3;
    }
}
