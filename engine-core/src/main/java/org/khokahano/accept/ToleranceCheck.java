package org.khokahano.accept;

import java.util.EnumMap;
import java.util.Map;
import org.khokahano.ack.AcknowledgementMode;
import org.khokahano.event.EngineEvents;
import org.khokahano.message.Message;
import org.khokahano.message.Warning;

/**
 * Tells of what is odd in a message that is taken all the same (R12, R23, R50). An event each, nothing
 * in the log: a sender that is odd is so in every message.
 */
final class ToleranceCheck {

    /** MSH-10 is empty: nobody can tell a repetition of the message from a new one. */
    static final String MISSING_CONTROL_ID = "missingControlId";

    /** Only one of MSH-15 and MSH-16 is valued (R23). */
    static final String ONE_SIDED_ACKNOWLEDGEMENT = "oneSidedAcknowledgement";

    /** The sender used a control id again for another message (R57). */
    static final String SAME_CONTROL_ID_OTHER_BYTES = "sameControlIdOtherBytes";

    /** A batch whose counts or grammar are wrong, and that the listener takes all the same (R43). */
    static final String BROKEN_BATCH = "brokenBatch";

    /** A message took more checks than its validation may; there may be more to find. */
    static final String VALIDATION_CUT_SHORT = "validationCutShort";

    private static final Map<Warning, String> CODES = codes();

    private final String listener;
    private final EngineEvents events;
    private final boolean tellsOneSided;

    ToleranceCheck(AcceptPolicy policy, EngineEvents events) {
        this.listener = policy.listener();
        this.events = events;
        this.tellsOneSided = policy.mode() == AcknowledgementMode.Policy.AUTO;
    }

    private static Map<Warning, String> codes() {
        Map<Warning, String> codes = new EnumMap<>(Warning.class);
        for (Warning warning : Warning.values()) {
            codes.put(warning, Codes.camelCase(warning.name()));
        }
        return codes;
    }

    void check(Message message) {
        if (message.hasWarnings()) {
            for (Warning warning : message.warnings()) {
                events.warned(listener, CODES.getOrDefault(warning, ""));
            }
        }
        if (!Envelope.isIdentified(message.header())) {
            events.warned(listener, MISSING_CONTROL_ID);
        }
        if (tellsOneSided && AcknowledgementMode.isOneSided(message.header())) {
            events.warned(listener, ONE_SIDED_ACKNOWLEDGEMENT);
        }
    }
}
