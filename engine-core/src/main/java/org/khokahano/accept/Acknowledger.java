package org.khokahano.accept;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.khokahano.ack.AckCode;
import org.khokahano.ack.AckFault;
import org.khokahano.ack.AckWriter;
import org.khokahano.ack.AcknowledgementMode;
import org.khokahano.ack.Disposition;
import org.khokahano.message.Header;
import org.khokahano.message.Message;

/** The last stage: says what became of a message, in the mode and to the extent it asked for. */
final class Acknowledger {

    private final AcceptPolicy policy;
    private final AckWriter writer;

    Acknowledger(AcceptPolicy policy, AckWriter writer) {
        this.policy = policy;
        this.writer = writer;
    }

    /**
     * The acknowledgement of a message that is in the store. Depends only on the message, its id and
     * the time it was stored, so that a duplicate gets the same bytes again (R57).
     */
    byte @Nullable [] accepted(Message message, long messageId, long storedMillis) {
        String controlId = "K" + Long.toString(messageId, Character.MAX_RADIX);
        return answer(message, Disposition.ACCEPTED, controlId, storedMillis, List.of());
    }

    /** The acknowledgement of a message that was not taken. */
    byte @Nullable [] refused(
            Message message, Disposition disposition, String controlId, long wallMillis, List<AckFault> faults) {
        return answer(message, disposition, controlId, wallMillis, faults);
    }

    /** The answer to input without a readable MSH, so that its sender learns of it at all. */
    byte[] unreadable(String controlId, long wallMillis, String detail) {
        return writer.writeForUnreadable(controlId, wallMillis, AckFault.applicationError(detail));
    }

    private byte @Nullable [] answer(
            Message message, Disposition disposition, String controlId, long wallMillis, List<AckFault> faults) {
        Header header = message.header();
        AcknowledgementMode mode = AcknowledgementMode.of(header, policy.mode(), policy.oneSided());
        boolean enhanced = mode == AcknowledgementMode.ENHANCED;
        AckCode code = disposition.code(enhanced);
        if (enhanced && !AcknowledgementMode.isWanted(header.acceptAckType(), code)) {
            return null;
        }
        return writer.write(message, code, controlId, wallMillis, faults);
    }
}
