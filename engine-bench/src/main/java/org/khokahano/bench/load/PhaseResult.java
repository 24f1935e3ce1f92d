package org.khokahano.bench.load;

import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What one phase showed.
 *
 * @param sent messages written to the measured process
 * @param acknowledged answers by MSA-1
 * @param accepted answers AA or CA with the right MSA-2
 * @param wrongAnswers answers without MSA or with another message's id
 * @param unanswered messages whose connection broke or whose answer did not come in time
 * @param delivered messages of this phase that arrived at the sink, each counted once
 * @param lost accepted, but not arrived when the drain ended
 * @param duplicated arrivals beyond the first of a message
 * @param misordered arrivals after a later message of the same patient
 * @param misorderedOverall arrivals after a message that was sent later than this one's
 *     acknowledgement; says something only of a single first-in-first-out lane
 * @param altered arrivals whose running number is not the one sent
 * @param foreign arrivals that this run did not send
 * @param acceptSeconds from the first send to the last answer
 * @param deliverSeconds from the first send to the last arrival
 * @param ackNanos from send (or schedule) to answer
 * @param endToEndNanos from send (or schedule) to arrival at the sink
 * @param stalled true if the phase was given up because no answer came any more
 */
public record PhaseResult(
        long sent,
        Map<String, Long> acknowledged,
        long accepted,
        long wrongAnswers,
        long unanswered,
        long delivered,
        long lost,
        long duplicated,
        long misordered,
        long misorderedOverall,
        long altered,
        long foreign,
        double acceptSeconds,
        double deliverSeconds,
        Histogram ackNanos,
        Histogram endToEndNanos,
        boolean stalled) {

    public double acceptedPerSecond() {
        return acceptSeconds > 0 ? accepted / acceptSeconds : 0;
    }

    public double deliveredPerSecond() {
        return deliverSeconds > 0 ? delivered / deliverSeconds : 0;
    }
}
