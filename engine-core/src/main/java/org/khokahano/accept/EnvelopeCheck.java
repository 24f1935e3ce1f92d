package org.khokahano.accept;

import java.util.ArrayList;
import java.util.List;
import org.khokahano.message.FrameBytes;
import org.khokahano.message.Header;
import org.khokahano.message.Message;

/** The first stage: may this listener take such a message at all? Looks at MSH, and for what no frame can hold (R13). */
final class EnvelopeCheck {

    private final AcceptPolicy policy;

    EnvelopeCheck(AcceptPolicy policy) {
        this.policy = policy;
    }

    /** What makes the message unacceptable; empty where it may go on. */
    List<Rejection> check(Message message) {
        if (message.hasContradictoryCharacterSet()) {
            return List.of(
                    new Rejection(
                            RejectReason.CONTRADICTORY_CHARACTER_SET,
                            "MSH cannot be read in the character set of MSH-18: a character before it holds a separator, or is cut off"));
        }
        if (message.holdsSeveralMessages()) {
            return List.of(new Rejection(
                    RejectReason.SEVERAL_MESSAGES,
                    "a second MSH follows; send each message by itself, or send them as a batch (BHS)"));
        }
        String frameByte = frameByte(message);
        if (!frameByte.isEmpty()) {
            return List.of(new Rejection(RejectReason.FRAME_BYTE, frameByte));
        }
        return check(message.header());
    }

    /** What no frame can hold of it; empty where one can hold it all. */
    static String frameByte(Message message) {
        int at = message.frameByteInside();
        if (at < 0) {
            return "";
        }
        byte found = message.bytes()[at];
        return "byte " + at + " is " + FrameBytes.meaning(found)
                + (found == 0x0B ? "; write it as \\X0B\\" : "; write it as \\X1C\\");
    }

    private List<Rejection> check(Header header) {
        if (typeIsAccepted(header)
                && processingIdIsAccepted(header.processingId())
                && versionIsAccepted(header.version())) {
            return List.of();
        }
        List<Rejection> rejections = new ArrayList<>();
        if (!Envelope.isValued(header.messageCode())) {
            rejections.add(new Rejection(RejectReason.UNSUPPORTED_TYPE, "MSH-9.1, the message type, is empty"));
        } else if (!typeIsAccepted(header)) {
            rejections.add(
                    codeIsKnown(header.messageCode())
                            ? unaccepted(RejectReason.UNSUPPORTED_EVENT, "trigger event in MSH-9.2")
                            : unaccepted(RejectReason.UNSUPPORTED_TYPE, "message type in MSH-9.1"));
        }
        if (!processingIdIsAccepted(header.processingId())) {
            rejections.add(unaccepted(RejectReason.UNSUPPORTED_PROCESSING_ID, "processing id in MSH-11.1"));
        }
        if (!versionIsAccepted(header.version())) {
            rejections.add(unaccepted(RejectReason.UNSUPPORTED_VERSION, "version in MSH-12.1"));
        }
        return rejections;
    }

    private Rejection unaccepted(RejectReason reason, String what) {
        return new Rejection(reason, "listener " + policy.listener() + " does not accept the " + what);
    }

    private boolean typeIsAccepted(Header header) {
        String code = header.messageCode();
        if (!Envelope.isValued(code)) {
            return false;
        }
        return policy.types().isEmpty()
                || policy.types().contains(code)
                || policy.types().contains(code + '^' + header.triggerEvent());
    }

    private boolean codeIsKnown(String code) {
        return policy.types().stream().anyMatch(type -> type.startsWith(code + '^'));
    }

    private boolean processingIdIsAccepted(String processingId) {
        return !Envelope.isValued(processingId) || policy.processingIds().contains(processingId);
    }

    private boolean versionIsAccepted(String version) {
        return !Envelope.isValued(version) || policy.versions().contains(version);
    }
}
