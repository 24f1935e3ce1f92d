package org.khokahano.accept;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.khokahano.message.Header;
import org.khokahano.message.Message;
import org.khokahano.message.Segment;
import org.khokahano.store.SequenceClaim;
import org.khokahano.store.SequenceLink;
import org.khokahano.store.SequenceState;

/**
 * Reads MSH-13 (2.10.1): the number that a message has in its stream, or what it says about the link.
 * Whether it is the next number is decided by the store, in the order of commit.
 */
final class SequenceStage {

    /** A number of up to 15 digits; a sign stands only before 1, where the sender resynchronises. */
    private static final Pattern NUMBER = Pattern.compile("\\d{1,15}|-1");

    /** What is kept of MSH-3 and MSH-4; two HDs of the longest kind fit. */
    private static final int LONGEST_PEER = 500;

    private final SequencePolicy policy;
    private final String listener;

    SequenceStage(String listener, SequencePolicy policy) {
        this.listener = listener;
        this.policy = policy;
    }

    /**
     * What MSH-13 says: one of the three, or nothing where the message has no number and needs none.
     *
     * @param claim the message's number
     * @param start the link that it starts with 0 or resynchronises with -1, so that it is no message
     * @param problem what is wrong with MSH-13
     */
    record Number(
            @Nullable SequenceClaim claim,
            @Nullable SequenceLink start,
            @Nullable Rejection problem) {

        static final Number NONE = new Number(null, null, null);
    }

    Number of(Header header) {
        String text = header.sequenceNumber();
        if (!Envelope.isValued(text)) {
            return policy.required()
                    ? wrong(RejectReason.NO_SEQUENCE_NUMBER, "MSH-13, the sequence number, is empty")
                    : Number.NONE;
        }
        SequenceLink link = SequenceLink.ofListener(listener, policy.bySender() ? peer(header) : "");
        if (link.peer().length() > LONGEST_PEER) {
            return wrong(RejectReason.BAD_SEQUENCE_NUMBER, "MSH-3 and MSH-4 are too long to number messages by");
        }
        if (!NUMBER.matcher(text).matches()) {
            return wrong(RejectReason.BAD_SEQUENCE_NUMBER, "MSH-13 is neither a number of up to 15 digits nor -1");
        }
        long number = Long.parseLong(text);
        return number <= 0 ? new Number(null, link, null) : new Number(new SequenceClaim(link, number), null, null);
    }

    /** MSH-13 for MSA-4 (R34); empty where it is no number. */
    static String echo(Header header) {
        String text = header.sequenceNumber();
        return NUMBER.matcher(text).matches() ? text : "";
    }

    private static Number wrong(RejectReason reason, String detail) {
        return new Number(null, null, new Rejection(reason, detail));
    }

    private static String peer(Header header) {
        return header.sendingApplication() + '|' + header.sendingFacility();
    }

    /** Whether the message resynchronises its link, and does not only start it (R35). */
    static boolean isResynchronisation(Message message) {
        return message.header().sequenceNumber().equals(Long.toString(SequenceState.ADOPT_NEXT));
    }

    /** Whether it says more than that: a message with 0 or -1 has an MSH, and nothing else in any field. */
    static boolean hasContent(Message message) {
        for (int position = 1; position < message.segmentCount(); position++) {
            Segment segment = message.segment(position);
            for (int field = 1; field <= segment.fieldCount(); field++) {
                if (Envelope.isValued(segment.text(field).strip())) {
                    return true;
                }
            }
        }
        return false;
    }
}
