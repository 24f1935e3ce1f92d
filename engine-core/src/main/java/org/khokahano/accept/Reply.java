package org.khokahano.accept;

import org.jspecify.annotations.Nullable;
import org.khokahano.loop.SerialExecutor;

/** The way back to whoever sent what was received. */
public interface Reply {

    /** The executor on which {@link #send} must be called. */
    SerialExecutor executor();

    /**
     * Ends the exchange. Either this or {@link #refuse} is called, once for each thing received.
     *
     * @param acknowledgement the ACK's bytes, or null where the sender wants none
     */
    void send(byte @Nullable [] acknowledgement);

    /**
     * Ends the exchange with two answers, in this order, in the place of {@link #send} (R22). A
     * transport with one answer to each message gives the first that there is.
     *
     * @param acknowledgement the accept acknowledgement, or null where the sender wants none
     * @param applicationAcknowledgement what follows it
     */
    default void send(byte @Nullable [] acknowledgement, byte[] applicationAcknowledgement) {
        send(acknowledgement == null ? applicationAcknowledgement : acknowledgement);
    }

    /**
     * Ends the exchange for what was not taken, in the place of {@link #send}. Transports that can say
     * why in their own words, as HTTP can, do so.
     *
     * @param acknowledgement as in {@link #send}
     */
    default void refuse(Refusal refusal, byte @Nullable [] acknowledgement) {
        send(acknowledgement);
    }

    /**
     * Tells what became of one record, where what was received held several things; before {@link #send} or
     * {@link #refuse}, in any order.
     *
     * @param number from 1
     * @param problem why it was not taken; empty where it was
     */
    default void record(int number, String problem) {
        // Most transports answer for the whole alone.
    }

    /**
     * Whether the transport itself says what is in safe storage, as MLLP release 2 does (R46): then whatever the sender
     * is not to send again has to be kept, even where its acknowledgement says that it was not taken.
     */
    default boolean tellsWhatIsStored() {
        return false;
    }

    /** Why something was not taken. */
    enum Refusal {
        /** It is no message. */
        UNREADABLE,
        /** It is a message that may not be taken, however often it is sent. */
        UNACCEPTABLE,
        /** It is longer than the listener takes. */
        TOO_LONG,
        /** A fault of the engine met it; it is in quarantine, and the next try would end as this one. */
        FAULT,
        /** It could not be stored; nothing is wrong with it. */
        STORAGE,
        /** It is a query, and nobody answered it. */
        NO_ANSWER
    }
}
