package org.khokahano.send;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.khokahano.loop.SerialExecutor;

/** Takes acknowledgements that no send waits for: they may be application acknowledgements (R21, R22). */
public interface ApplicationAnswers {

    /**
     * Takes an acknowledgement.
     *
     * @param answer its bytes
     * @param destination the destination on whose connection it came; null where it came by itself
     * @param then told on the executor what became of it, once that is durable
     */
    void arrived(byte[] answer, @Nullable String destination, SerialExecutor executor, Consumer<Arrival> then);

    /** What became of an acknowledgement. */
    enum Arrival {
        /** A delivery waited for it. */
        MATCHED,
        /** Nobody waits for it (R32). */
        UNSOLICITED,
        /** A delivery may wait for it, and the store cannot keep it now. */
        REFUSED
    }
}
