package org.khokahano.accept;

import org.jspecify.annotations.Nullable;
import org.khokahano.loop.SerialExecutor;

/** The way back to whoever sent what was received. */
public interface Reply {

    /** The executor on which {@link #send} must be called. */
    SerialExecutor executor();

    /**
     * Ends the exchange. Called exactly once for each thing received.
     *
     * @param acknowledgement the ACK's bytes, or null where the sender wants none
     */
    void send(byte @Nullable [] acknowledgement);
}
