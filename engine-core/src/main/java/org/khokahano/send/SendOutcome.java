package org.khokahano.send;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How one send ended.
 *
 * @param kind what happened, as the answer table (R28) names it
 * @param answer the partner's answer as it came, or null where there was none
 * @param detail a sentence for operators, without message content
 * @param outcomeUnknown true where the partner may have taken the message although no valid answer
 *     came, so that sending it again may make a duplicate (R29)
 */
public record SendOutcome(OutcomeKind kind, byte @Nullable [] answer, String detail, boolean outcomeUnknown) {

    public SendOutcome {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(detail);
    }

    /** The partner answered with a readable acknowledgement. */
    public static SendOutcome answered(OutcomeKind kind, byte[] answer) {
        return new SendOutcome(kind, answer, "", false);
    }

    /** No connection could be made; the partner has not seen the message. */
    public static SendOutcome refused(String detail) {
        return new SendOutcome(OutcomeKind.REFUSED, null, detail, false);
    }

    /** The connection ended after the message was written and before its answer came. */
    public static SendOutcome reset(String detail) {
        return new SendOutcome(OutcomeKind.RESET, null, detail, true);
    }

    /** It ended without an answer that could be kept. */
    public static SendOutcome withoutAnswer(OutcomeKind kind, String detail, boolean outcomeUnknown) {
        return new SendOutcome(kind, null, detail, outcomeUnknown);
    }

    /** No answer within the deadline. */
    public static SendOutcome timeout(String detail) {
        return new SendOutcome(OutcomeKind.TIMEOUT, null, detail, true);
    }

    /** The sequence numbers of the two sides do not fit each other (R36). */
    public static SendOutcome outOfSequence(byte @Nullable [] answer, String detail, boolean outcomeUnknown) {
        return new SendOutcome(OutcomeKind.SEQUENCE, answer, detail, outcomeUnknown);
    }

    /** Something came that is no acknowledgement, and could not be kept. */
    public static SendOutcome unreadable(String detail) {
        return new SendOutcome(OutcomeKind.UNREADABLE, null, detail, true);
    }

    /** What cannot be sent as it is, however often; the partner has not seen it. */
    public static SendOutcome unsendable(String detail) {
        return new SendOutcome(OutcomeKind.UNSENDABLE, null, detail, false);
    }

    @Override
    public String toString() {
        return kind + (detail.isEmpty() ? "" : " (" + detail + ")");
    }
}
