package org.khokahano.send;

import java.util.function.Consumer;

/**
 * One lane's way to its partner. All calls and all outcomes happen on the lane's executor.
 *
 * <p>Each send ends in exactly one outcome, whatever happens to the connection. A sender connects
 * when it first has something to send, again after a failure at the next send, and never sends
 * anything twice of its own accord: trying again is the lane's decision.
 */
public interface Sender {

    /**
     * Sends the payload.
     *
     * @param payload the bytes of one message, not modified
     * @param outcome told how it ended, on the lane's executor, possibly before this method returns
     */
    void send(byte[] payload, Consumer<SendOutcome> outcome);

    /**
     * Sends the payload of a delivery, for partners that are told its numbers.
     *
     * @param messageId the message's number in the store
     * @param deliveryId the delivery's, the same however often it is sent
     */
    default void send(long messageId, long deliveryId, byte[] payload, Consumer<SendOutcome> outcome) {
        send(payload, outcome);
    }

    /**
     * Sends many deliveries as one payload.
     *
     * @param batch whose they are
     */
    default void send(BatchNumbers batch, byte[] payload, Consumer<SendOutcome> outcome) {
        send(batch.messageId(), batch.firstDelivery(), payload, outcome);
    }

    /**
     * Why the payload can never be sent as it is; empty where it can. Whoever sends several together asks for each,
     * so that one of them does not keep back the others.
     */
    default String whyUnsendable(byte[] payload) {
        return "";
    }

    /** Whether it takes a delivery now; where not, it does once an outcome was told. */
    default boolean isReady() {
        return true;
    }

    /** Nothing is given to it before something that it has ends: it is not to wait for more. */
    default void sendNow() {}

    /** Closes the connection; whatever is outstanding ends as reset. A later send connects again. */
    void close();
}
