package org.khokahano.store;

import org.khokahano.loop.SerialExecutor;

/** Takes what was committed for it, in the order of commit, on its own executor. */
public interface DeliveryQueue {

    SerialExecutor executor();

    /** The delivery is durable and next in this queue's order. Called on {@link #executor()}. */
    void committed(QueuedDelivery delivery);
}
