package org.khokahano.accept;

import java.util.ArrayList;
import java.util.List;
import org.khokahano.ack.AckFault;
import org.khokahano.message.Header;

/** The first stage: may this listener take such a message at all? Looks at MSH only (R13). */
final class EnvelopeCheck {

    private final AcceptPolicy policy;

    EnvelopeCheck(AcceptPolicy policy) {
        this.policy = policy;
    }

    /** What makes the message unacceptable; empty where it may go on. */
    List<AckFault> check(Header header) {
        if (typeIsAccepted(header)
                && processingIdIsAccepted(header.processingId())
                && versionIsAccepted(header.version())) {
            return List.of();
        }
        List<AckFault> faults = new ArrayList<>();
        if (header.messageCode().isEmpty()) {
            faults.add(AckFault.unsupportedType("MSH-9.1, the message type, is empty"));
        } else if (!typeIsAccepted(header)) {
            faults.add(AckFault.unsupportedType(
                    "listener " + policy.listener() + " does not accept the message type in MSH-9"));
        }
        if (!processingIdIsAccepted(header.processingId())) {
            faults.add(AckFault.unsupportedProcessingId(
                    "listener " + policy.listener() + " does not accept the processing id in MSH-11.1"));
        }
        if (!versionIsAccepted(header.version())) {
            faults.add(AckFault.unsupportedVersion(
                    "listener " + policy.listener() + " does not accept the version in MSH-12.1"));
        }
        return faults;
    }

    private boolean typeIsAccepted(Header header) {
        String code = header.messageCode();
        if (code.isEmpty()) {
            return false;
        }
        return policy.types().isEmpty()
                || policy.types().contains(code)
                || policy.types().contains(code + '^' + header.triggerEvent());
    }

    private boolean processingIdIsAccepted(String processingId) {
        return processingId.isEmpty() || policy.processingIds().contains(processingId);
    }

    private boolean versionIsAccepted(String version) {
        return version.isEmpty() || policy.versions().contains(version);
    }
}
