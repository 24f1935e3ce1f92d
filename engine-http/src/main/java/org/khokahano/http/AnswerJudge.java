package org.khokahano.http;

import java.util.Arrays;
import org.khokahano.message.Header;
import org.khokahano.message.Message;
import org.khokahano.message.MessagePath;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.message.batch.BatchInput;
import org.khokahano.send.OutcomeKind;
import org.khokahano.send.SendOutcome;

/**
 * Makes an outcome of a response.
 *
 * <p>A status is read as: 2xx AA. 400, 409, 413, 415, 422 and the other 4xx that are about the content
 * AE. 401, 403, 404, 405, 407, 408, 421, 423, 425, 426, 429 and 451 AR, since they are about the way and
 * not about this message: a wrong password must not make a dead letter of the whole queue. 3xx AR,
 * since redirects are not followed. 5xx AR; all of them but 503 leave it unknown whether the message
 * was taken.
 *
 * <p>An acknowledgement is an answer only to the message whose MSH-10 its MSA-2 names (R26); one for
 * another message counts as NO_MSA. With it, by judge:
 *
 * <ul>
 *   <li>STATUS: the status; the body is kept and not looked at.
 *   <li>ACK: MSA-1, whatever the status, since servers are about that say 400 and 500 with a proper AE
 *       or AR. Without an acknowledgement a status other than 2xx is read as above, and a 2xx is NO_MSA
 *       or UNREADABLE.
 *   <li>BOTH: a negative MSA-1 decides whatever the status; a positive one needs a 2xx, else the status
 *       is read. A 2xx with an empty body is AA; a 2xx with a body that is no acknowledgement is NO_MSA
 *       or UNREADABLE, so that the friendly page of some proxy delivers nothing.
 * </ul>
 */
final class AnswerJudge {

    private static final MessagePath CODE = MessagePath.parse("MSA-1");
    private static final MessagePath CONTROL_ID = MessagePath.parse("MSA-2");

    private static final int CONTROL_ID_FIELD = 10;

    private final Judge judge;

    AnswerJudge(Judge judge) {
        this.judge = judge;
    }

    /** Whether {@link #outcome} needs the MSH-10 that was sent. */
    boolean needsControlId() {
        return judge != Judge.STATUS;
    }

    /**
     * MSH-10 of what was sent. A partner gives its bytes back as they are, and may say another character set, in
     * which they read as another text.
     *
     * @param text empty where there is none, then every MSA-2 will do
     */
    record SentId(String text, byte[] raw) {
        static final SentId NONE = new SentId("", new byte[0]);

        static SentId of(byte[] payload) {
            try {
                Header header = Message.read(payload).header();
                return new SentId(header.controlId(), header.raw(CONTROL_ID_FIELD));
            } catch (UnreadableMessageException e) {
                return NONE;
            }
        }

        boolean isThatOf(Message answer) {
            return text.isEmpty() || answer.get(CONTROL_ID).equals(text) || Arrays.equals(answer.raw(CONTROL_ID), raw);
        }
    }

    /** What an answer says of what was sent under that id. */
    SendOutcome outcome(int status, byte[] body, SentId controlId) {
        boolean good = status / 100 == 2;
        if (judge == Judge.STATUS) {
            return ofStatus(status, body, "");
        }
        if (body.length == 0) {
            return good && judge == Judge.ACK
                    ? SendOutcome.withoutAnswer(OutcomeKind.NO_MSA, http(status) + " without an acknowledgement", true)
                    : ofStatus(status, body, "");
        }
        Acknowledgement acknowledgement = Acknowledgement.read(body, controlId);
        OutcomeKind kind = acknowledgement.kind();
        return switch (kind) {
            case NO_MSA, UNREADABLE ->
                good
                        ? new SendOutcome(kind, body, http(status) + acknowledgement.problem(), true)
                        : ofStatus(status, body, acknowledgement.problem());
            case AA, CA ->
                good || judge == Judge.ACK
                        ? SendOutcome.answered(kind, body)
                        : ofStatus(status, body, " in spite of a positive acknowledgement");
            case AE, CE, AR, CR, TIMEOUT, REFUSED, RESET, SEQUENCE, UNSENDABLE -> SendOutcome.answered(kind, body);
        };
    }

    /** A batch of acknowledgements is kept as it is, for whoever sent the batch to take apart (R44). */
    SendOutcome batchOutcome(int status, byte[] body) {
        return judge != Judge.STATUS && BatchInput.isBatch(body)
                ? ofStatus(status, body, "")
                : outcome(status, body, SentId.NONE);
    }

    private static SendOutcome ofStatus(int status, byte[] body, String remark) {
        boolean unknown = status >= 500 && status != 503;
        String detail = http(status) + remark;
        return body.length == 0
                ? SendOutcome.withoutAnswer(kindOf(status), detail, unknown)
                : new SendOutcome(kindOf(status), body, detail, unknown);
    }

    /** The kind that a status stands for. */
    static OutcomeKind kindOf(int status) {
        return switch (status) {
            case 401, 403, 404, 405, 407, 408, 421, 423, 425, 426, 429, 451 -> OutcomeKind.AR;
            default ->
                switch (status / 100) {
                    case 2 -> OutcomeKind.AA;
                    case 4 -> OutcomeKind.AE;
                    default -> OutcomeKind.AR;
                };
        };
    }

    private static String http(int status) {
        return "HTTP " + status;
    }

    /**
     * What a body says.
     *
     * @param kind MSA-1, or NO_MSA or UNREADABLE
     * @param problem why it acknowledges nothing
     */
    private record Acknowledgement(OutcomeKind kind, String problem) {

        static Acknowledgement read(byte[] body, SentId controlId) {
            try {
                Message message = Message.read(body);
                if (message.count("MSA") == 0) {
                    return new Acknowledgement(OutcomeKind.NO_MSA, " with a message that has no MSA");
                }
                if (!controlId.isThatOf(message)) {
                    return new Acknowledgement(
                            OutcomeKind.NO_MSA, " with an acknowledgement of another message (MSA-2)");
                }
                OutcomeKind kind = OutcomeKind.ofCode(message.get(CODE));
                return new Acknowledgement(
                        kind, kind == OutcomeKind.UNREADABLE ? " with an MSA-1 that does not exist" : "");
            } catch (UnreadableMessageException e) {
                return new Acknowledgement(OutcomeKind.UNREADABLE, " with a body that is no acknowledgement");
            }
        }
    }
}
