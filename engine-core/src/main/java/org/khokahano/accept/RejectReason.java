package org.khokahano.accept;

import org.khokahano.accept.Reply.Refusal;
import org.khokahano.ack.AckFault;
import org.khokahano.ack.Disposition;
import org.khokahano.ack.ErrorCondition;
import org.khokahano.message.UnreadableMessageException;

/**
 * Why something that came in was not taken. Its {@link #code()} is the same word in events, metrics,
 * the quarantine and ERR-5, so that an operator and a sender's staff speak of the same thing.
 */
public enum RejectReason {
    /** MSH-9.1 is empty or not among the listener's types. */
    UNSUPPORTED_TYPE(
            Disposition.UNACCEPTABLE, ErrorCondition.UNSUPPORTED_MESSAGE_TYPE, "MSH^1^9", Refusal.UNACCEPTABLE),
    /** The listener takes MSH-9.1, but not with this event in MSH-9.2. */
    UNSUPPORTED_EVENT(Disposition.UNACCEPTABLE, ErrorCondition.UNSUPPORTED_EVENT_CODE, "MSH^1^9", Refusal.UNACCEPTABLE),
    /** MSH-11.1 is not among the listener's processing ids. */
    UNSUPPORTED_PROCESSING_ID(
            Disposition.UNACCEPTABLE, ErrorCondition.UNSUPPORTED_PROCESSING_ID, "MSH^1^11", Refusal.UNACCEPTABLE),
    /** MSH-12.1 is not among the listener's versions. */
    UNSUPPORTED_VERSION(
            Disposition.UNACCEPTABLE, ErrorCondition.UNSUPPORTED_VERSION_ID, "MSH^1^12", Refusal.UNACCEPTABLE),
    /** The header cannot be read in the character set that MSH-18 names, so its fields are not certain (R48, R49). */
    CONTRADICTORY_CHARACTER_SET(
            Disposition.CONTENT_ERROR, ErrorCondition.DATA_TYPE_ERROR, "MSH^1^18", Refusal.UNACCEPTABLE),
    /**
     * Another MSH follows in it: the segments behind that are of another patient, and must not become part of this
     * one's message.
     */
    SEVERAL_MESSAGES(Disposition.CONTENT_ERROR, ErrorCondition.SEGMENT_SEQUENCE_ERROR, "MSH^2", Refusal.UNACCEPTABLE),
    /** It holds a byte that begins or ends a frame of MLLP, so that a partner would get a part of it alone (R1, R4). */
    FRAME_BYTE(Disposition.CONTENT_ERROR, ErrorCondition.DATA_TYPE_ERROR, "", Refusal.UNACCEPTABLE),
    /** No route takes the message, and the listener rejects such messages. */
    NO_ROUTE(Disposition.UNACCEPTABLE, ErrorCondition.UNSUPPORTED_MESSAGE_TYPE, "MSH^1^9", Refusal.UNACCEPTABLE),
    /** Its content is against the rules that the listener validates by (R14, R18). */
    INVALID(Disposition.CONTENT_ERROR, Refusal.UNACCEPTABLE),
    /** Its sequence number is not the one that comes next (2.10.1, R18). */
    OUT_OF_SEQUENCE(Disposition.SYSTEM_FAULT, ErrorCondition.APPLICATION_ERROR, "MSH^1^13", Refusal.UNACCEPTABLE),
    /** MSH-13 is no number. */
    BAD_SEQUENCE_NUMBER(Disposition.CONTENT_ERROR, ErrorCondition.DATA_TYPE_ERROR, "MSH^1^13", Refusal.UNACCEPTABLE),
    /** MSH-13 is empty, and the listener wants a number. */
    NO_SEQUENCE_NUMBER(
            Disposition.CONTENT_ERROR, ErrorCondition.REQUIRED_FIELD_MISSING, "MSH^1^13", Refusal.UNACCEPTABLE),
    /** It starts a link with 0 or -1 in MSH-13, and holds more than that; only the start is taken (R37). */
    LINK_CONTENT(Disposition.CONTENT_ERROR, Refusal.UNACCEPTABLE),
    /** Longer than the listener allows (R6). */
    TOO_LONG(Disposition.TOO_LONG, Refusal.TOO_LONG),
    /** It is a fragment of a message and fits to none that waits for one (R38-R42). */
    CONTINUATION(Disposition.CONTENT_ERROR, Refusal.UNACCEPTABLE),
    /** One of the fragments that came before is damaged in the store. */
    DAMAGED_FRAGMENTS(Disposition.SYSTEM_FAULT, Refusal.FAULT),
    /** As many messages are unfinished as the listener keeps; the sender may send it again. */
    TOO_MANY_UNFINISHED(Disposition.SYSTEM_FAULT, Refusal.STORAGE),
    /** The store could not make it durable; the sender may send it again (R14, R18). */
    STORAGE(Disposition.SYSTEM_FAULT, Refusal.STORAGE),
    /** A fault of the engine itself met this message; the log has more. */
    ENGINE_FAULT(Disposition.SYSTEM_FAULT, Refusal.FAULT),
    /** An acknowledgement that nobody waits for; answered only where it asks for that in so many words (R32). */
    UNSOLICITED_ACK(Disposition.SYSTEM_FAULT, Refusal.UNACCEPTABLE),

    /** It is a batch where none may come, or one that is not whole (R43). */
    BATCH(Disposition.CONTENT_ERROR, Refusal.UNREADABLE),
    /** It is not in the format of its listener. */
    FORMAT,
    /** Nothing but framing or white space. */
    EMPTY,
    /** It does not begin with MSH. */
    NO_MSH,
    /** MSH-1 is missing. */
    NO_FIELD_SEPARATOR,
    /** MSH-1 cannot be a separator. */
    BAD_FIELD_SEPARATOR,
    /** MSH-2 is missing. */
    NO_ENCODING_CHARACTERS,
    /** MSH-2 holds what cannot be a delimiter. */
    BAD_ENCODING_CHARACTERS,
    /** UTF-16 without the option for it (R51). */
    UTF_16,

    /** UTF-16 with half a character in it (R51). */
    BROKEN_UTF_16;

    private final Disposition disposition;
    private final ErrorCondition condition;
    private final String location;
    private final Refusal refusal;
    private final String code;

    /** What cannot be read at all. */
    RejectReason() {
        this(Disposition.UNACCEPTABLE, Refusal.UNREADABLE);
    }

    RejectReason(Disposition disposition, Refusal refusal) {
        this(disposition, ErrorCondition.APPLICATION_ERROR, "", refusal);
    }

    RejectReason(Disposition disposition, ErrorCondition condition, String location, Refusal refusal) {
        this.disposition = disposition;
        this.condition = condition;
        this.location = location;
        this.refusal = refusal;
        this.code = Codes.camelCase(name());
    }

    /** The reason as one word, such as {@code unsupportedVersion}. */
    public String code() {
        return code;
    }

    Disposition disposition() {
        return disposition;
    }

    Refusal refusal() {
        return refusal;
    }

    /** The ERR for it, with a sentence that holds no value of the message (R25). */
    AckFault fault(String explanation) {
        return new AckFault(location, condition, code, explanation);
    }

    static RejectReason of(UnreadableMessageException.Reason reason) {
        return switch (reason) {
            case EMPTY -> EMPTY;
            case NO_MSH -> NO_MSH;
            case BATCH -> BATCH;
            case NO_FIELD_SEPARATOR -> NO_FIELD_SEPARATOR;
            case BAD_FIELD_SEPARATOR -> BAD_FIELD_SEPARATOR;
            case NO_ENCODING_CHARACTERS -> NO_ENCODING_CHARACTERS;
            case BAD_ENCODING_CHARACTERS -> BAD_ENCODING_CHARACTERS;
            case UTF_16 -> UTF_16;
            case BROKEN_UTF_16 -> BROKEN_UTF_16;
        };
    }
}
