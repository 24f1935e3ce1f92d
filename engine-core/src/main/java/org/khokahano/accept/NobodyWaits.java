package org.khokahano.accept;

import org.jspecify.annotations.Nullable;
import org.khokahano.loop.SerialExecutor;

/** The reply to a sender that is gone. */
record NobodyWaits(SerialExecutor executor, Runnable turnedAway) implements Reply {

    @Override
    public void send(byte @Nullable [] acknowledgement) {
        // It will send again, and is answered then.
    }

    @Override
    public void refuse(Refusal refusal, byte @Nullable [] acknowledgement) {
        if (refusal != Refusal.STORAGE) {
            turnedAway.run();
        }
    }
}
