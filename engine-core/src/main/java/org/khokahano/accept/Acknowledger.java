package org.khokahano.accept;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.khokahano.accept.AcceptPolicy.ApplicationAck;
import org.khokahano.accept.AcceptPolicy.LaterAck;
import org.khokahano.ack.AckCode;
import org.khokahano.ack.AckFault;
import org.khokahano.ack.AckForm;
import org.khokahano.ack.AckWriter;
import org.khokahano.ack.AcknowledgementMode;
import org.khokahano.ack.Disposition;
import org.khokahano.message.Draft;
import org.khokahano.message.Header;
import org.khokahano.message.Message;
import org.khokahano.message.MessagePath;
import org.khokahano.store.NewDelivery;
import org.khokahano.store.fragment.FragmentResult;

/** The last stage: says what became of a message, in the mode and to the extent it asked for. */
final class Acknowledger {

    private static final MessagePath CONTROL_ID = MessagePath.parse("MSH-10");

    /** MSH-15 and MSH-16 of what wants no acknowledgement, by table 0155. */
    private static final String NEVER = "NE";

    private final AcceptPolicy policy;
    private final AckWriter writer;

    Acknowledger(AcceptPolicy policy, AckWriter writer) {
        this.policy = policy;
        this.writer = writer;
    }

    /** How this listener acknowledges the message; kept with it in the store. */
    AckForm form(Header header) {
        boolean enhanced = isEnhanced(header);
        boolean application = enhanced
                && policy.applicationAck() == ApplicationAck.SAME_CONNECTION
                && AcknowledgementMode.wantsApplicationAccept(header);
        boolean sequenced = policy.sequence() != null && Envelope.isValued(header.sequenceNumber());
        return new AckForm(enhanced, application, sequenced);
    }

    /**
     * Acknowledges a message that is in the store. What is sent depends only on the message, its id,
     * the time it was stored and the form it was stored with, so that a duplicate gets the same bytes
     * again (R57).
     */
    void accepted(Message message, long messageId, long storedMillis, AckForm form, Reply reply) {
        String id = Long.toString(messageId, Character.MAX_RADIX);
        String expected = form.sequenced() ? message.header().sequenceNumber() : "";
        byte[] acknowledgement =
                answer(message, form.enhanced(), Disposition.ACCEPTED, 'K' + id, storedMillis, List.of(), expected);
        if (form.application()) {
            reply.send(
                    acknowledgement, writer.writeApplicationAccept(message, 'P' + id, storedMillis, expected, NEVER));
        } else {
            reply.send(acknowledgement);
        }
    }

    /**
     * Acknowledges a fragment that is in the store, again with the same bytes where it is repeated. With the
     * whole message in the store, its application acknowledgement follows and names the first (R40).
     *
     * @param whole whether it is the last, and the message that it belongs to is in the store
     */
    void fragment(Message fragment, FragmentResult stored, boolean whole, Reply reply) {
        AckForm form = AckForm.ofCode(stored.ackForm());
        String id = Long.toString(stored.id(), Character.MAX_RADIX);
        byte[] acknowledgement = answer(
                fragment, form.enhanced(), Disposition.ACCEPTED, "KF" + id, stored.storedMillis(), List.of(), "");
        if (whole && form.application()) {
            Message first = named(fragment, stored.firstControlId());
            reply.send(
                    acknowledgement, writer.writeApplicationAccept(first, "PF" + id, stored.storedMillis(), "", NEVER));
        } else {
            reply.send(acknowledgement);
        }
    }

    /**
     * What the sender of a message that was not taken is told. Where MSH-15 wants no accept acknowledgement of that, it is
     * the application acknowledgement, if MSH-16 wants that.
     *
     * @param expected MSA-4, the sequence number that comes next; empty where none is looked at
     */
    Refused refused(
            Message message,
            Disposition disposition,
            String controlId,
            long wallMillis,
            List<AckFault> faults,
            String expected) {
        boolean enhanced = isEnhanced(message.header());
        byte[] accept = answer(message, enhanced, disposition, controlId, wallMillis, faults, expected);
        if (accept != null || !AcknowledgementMode.wantsApplicationError(message.header())) {
            return new Refused(accept, null);
        }
        AckCode code = disposition.code(false);
        if (policy.applicationAck() == ApplicationAck.SAME_CONNECTION) {
            return new Refused(writer.write(message, code, controlId, wallMillis, faults, expected, NEVER), null);
        }
        LaterAck later = policy.laterAck();
        if (later == null) {
            return new Refused(null, null);
        }
        byte[] error = writer.write(message, code, controlId, wallMillis, faults, expected, later.acceptAck());
        return new Refused(null, new Later(later.destination(), error));
    }

    /**
     * What the sender of a refused message is told.
     *
     * @param answer what goes back at once; null for nothing
     * @param later what goes in an exchange of its own; null for nothing
     */
    record Refused(byte @Nullable [] answer, @Nullable Later later) {}

    /** An acknowledgement that is sent by itself. */
    record Later(String destination, byte[] acknowledgement) {}

    /** The application acknowledgement that goes in an exchange of its own (R21); null where none is wanted. */
    @Nullable
    NewDelivery later(Message message, Supplier<String> controlId, long wallMillis) {
        LaterAck later = policy.laterAck();
        Header header = message.header();
        if (later == null || !AcknowledgementMode.wantsApplicationAccept(header) || !isEnhanced(header)) {
            return null;
        }
        String expected = form(header).sequenced() ? header.sequenceNumber() : "";
        return NewDelivery.asReceived(later.destination(), 0)
                .carrying(writer.writeApplicationAccept(
                        message, controlId.get(), wallMillis, expected, later.acceptAck()));
    }

    /**
     * The accept acknowledgement of an application acknowledgement, where it asks for one in so many words;
     * else null, since an acknowledgement is never acknowledged (R32).
     *
     * @param faults why it was not taken; empty where it was
     */
    byte @Nullable [] receipt(Message acknowledgement, List<AckFault> faults, String controlId, long wallMillis) {
        AckCode code = (faults.isEmpty() ? Disposition.ACCEPTED : Disposition.SYSTEM_FAULT).code(true);
        String asked = acknowledgement.header().acceptAckType();
        boolean named = asked.equals("AL") || asked.equals("SU") || asked.equals("ER");
        return named && AcknowledgementMode.isWanted(asked, code)
                ? writer.write(acknowledgement, code, controlId, wallMillis, faults)
                : null;
    }

    /** With this MSH-10, byte for byte (R15): as text it would be escaped, and perhaps of another character set. */
    private static Message named(Message fragment, String controlId) {
        Draft draft = Draft.of(fragment);
        draft.setRaw(CONTROL_ID, controlId.getBytes(StandardCharsets.ISO_8859_1));
        return draft.toMessage();
    }

    /** The answer to a message that starts a link: whoever sends one waits for it, whatever MSH-15 says. */
    byte[] linked(Message message, String controlId, long wallMillis, long expected) {
        AckCode code = Disposition.ACCEPTED.code(isEnhanced(message.header()));
        return writer.write(message, code, controlId, wallMillis, List.of(), Long.toString(expected));
    }

    /** The answer to input without a readable MSH, so that its sender learns of it at all. */
    byte[] unreadable(String controlId, long wallMillis, AckFault fault) {
        return writer.writeForUnreadable(controlId, wallMillis, fault);
    }

    private boolean isEnhanced(Header header) {
        return AcknowledgementMode.of(header, policy.mode(), policy.oneSided()) == AcknowledgementMode.ENHANCED;
    }

    private byte @Nullable [] answer(
            Message message,
            boolean enhanced,
            Disposition disposition,
            String controlId,
            long wallMillis,
            List<AckFault> faults,
            String expected) {
        AckCode code = disposition.code(enhanced);
        if (enhanced && !AcknowledgementMode.isWanted(message.header().acceptAckType(), code)) {
            return null;
        }
        return writer.write(message, code, controlId, wallMillis, faults, expected);
    }
}
