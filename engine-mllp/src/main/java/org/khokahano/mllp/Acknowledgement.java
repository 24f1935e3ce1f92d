package org.khokahano.mllp;

import org.khokahano.message.Message;
import org.khokahano.message.MessagePath;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.send.OutcomeKind;

/**
 * A partner's answer, as far as a sender judges it.
 *
 * @param kind what it says; UNREADABLE and NO_MSA included
 * @param controlId MSA-2, whole as MSH-10 is
 */
record Acknowledgement(OutcomeKind kind, String controlId) {

    private static final MessagePath CODE = MessagePath.parse("MSA-1");
    private static final MessagePath CONTROL_ID = MessagePath.parse("MSA-2");

    static Acknowledgement read(byte[] bytes) {
        try {
            Message message = Message.read(bytes);
            if (message.count("MSA") == 0) {
                return new Acknowledgement(OutcomeKind.NO_MSA, "");
            }
            return new Acknowledgement(OutcomeKind.ofCode(message.get(CODE)), message.text(CONTROL_ID));
        } catch (UnreadableMessageException e) {
            return new Acknowledgement(OutcomeKind.UNREADABLE, "");
        }
    }

    /** MSA-2 as it stands in an answer that can be read. */
    static byte[] rawControlId(byte[] bytes) {
        try {
            return Message.read(bytes).raw(CONTROL_ID);
        } catch (UnreadableMessageException e) {
            return new byte[0];
        }
    }
}
