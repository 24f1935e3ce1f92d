package org.khokahano.answer;

import java.time.Duration;
import java.util.Map;
import org.khokahano.send.OutcomeKind;
import org.khokahano.store.DeliveryState;

/**
 * How a destination asks for application acknowledgements.
 *
 * @param ask MSH-16, of HL7 table 0155: AL, ER or SU
 * @param within how long one may take, on a clock that runs only while the engine does
 * @param ends the state that each of AA, AE, AR and TIMEOUT leaves a delivery in
 */
public record AwaitSettings(String ask, Duration within, Map<OutcomeKind, DeliveryState> ends) {

    public AwaitSettings {
        ends = Map.copyOf(ends);
    }

    DeliveryState end(OutcomeKind kind) {
        return ends.getOrDefault(kind, DeliveryState.DEAD_LETTER);
    }
}
