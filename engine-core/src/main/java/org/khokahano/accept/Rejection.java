package org.khokahano.accept;

import org.khokahano.ack.AckFault;

/**
 * That something is not taken.
 *
 * @param reason why, as a code
 * @param detail why, as a sentence that holds no value of the message (R25)
 */
record Rejection(RejectReason reason, String detail) {

    AckFault fault() {
        return reason.fault(detail);
    }
}
