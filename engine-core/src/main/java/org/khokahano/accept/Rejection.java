package org.khokahano.accept;

import org.khokahano.ack.AckFault;

/**
 * That something is not taken.
 *
 * @param reason why, as a code
 * @param detail why, as a sentence that holds no value of the message (R25)
 * @param fault the same for the sender
 */
record Rejection(RejectReason reason, String detail, AckFault fault) {

    Rejection(RejectReason reason, String detail) {
        this(reason, detail, reason.fault(detail));
    }
}
