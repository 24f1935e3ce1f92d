package org.khokahano.validation;

import java.util.List;

/**
 * A message that was validated as it came in, and is kept by now; or a query, which is not.
 *
 * @param facility MSH-4.1 of the message, or where that is empty what the listener's configuration says
 * @param application MSH-3.1 of the message
 * @param receivedMillis wall time of receipt
 * @param id the message's id in the store, or that of what is in quarantine, or {@link #NOT_KEPT}
 * @param isRefused whether it was refused, so that the id is one of the quarantine
 * @param judgements what listener and routes said of it; at least one
 */
public record JudgedMessage(
        String facility,
        String application,
        long receivedMillis,
        long id,
        boolean isRefused,
        List<Judgement> judgements) {

    /** In the place of an id: queries are not stored. */
    public static final long NOT_KEPT = 0;

    public JudgedMessage {
        judgements = List.copyOf(judgements);
    }
}
