package org.khokahano.lane;

import java.util.EnumMap;
import java.util.Map;
import org.khokahano.send.OutcomeKind;
import org.khokahano.send.SendOutcome;
import org.khokahano.store.QueuedDelivery;

/**
 * One send that has not ended, or that failed and waits to go again.
 *
 * @param failures how many tries have ended in each way since this lane loaded the delivery
 */
record Attempt(QueuedDelivery delivery, Map<OutcomeKind, Integer> failures, long beganNanos) {

    boolean isRetry() {
        return !failures.isEmpty();
    }

    int triesEndedAs(OutcomeKind kind) {
        return failures.getOrDefault(kind, 0) + 1;
    }

    Attempt failed(SendOutcome outcome) {
        Map<OutcomeKind, Integer> counted = new EnumMap<>(OutcomeKind.class);
        counted.putAll(failures);
        counted.merge(outcome.kind(), 1, Integer::sum);
        return new Attempt(delivery.triedAgain(outcome.outcomeUnknown()), counted, 0);
    }
}
