package org.khokahano.accept;

import org.jspecify.annotations.Nullable;
import org.khokahano.loop.SerialExecutor;

/** The reply to the sender of fragments that is gone. */
record NobodyWaits(SerialExecutor executor, Runnable turnedAway) implements Reply {

    /** The sender of the fragments but the last has been told so. */
    @Override
    public boolean tellsWhatIsStored() {
        return true;
    }

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
