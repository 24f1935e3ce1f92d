package org.khokahano.accept;

import org.khokahano.loop.SerialExecutor;
import org.khokahano.store.DeliveryQueue;
import org.khokahano.store.NewDelivery;
import org.khokahano.store.QueuedDelivery;

/**
 * Where a message stands that no route takes and that is held: a delivery to no destination, so that it is
 * in the lists of operators with a reason, and kept until one decides.
 */
final class Unrouted implements DeliveryQueue {

    /** No destination can have this name. */
    static final String DESTINATION = "(no route)";

    private static final Unrouted QUEUE = new Unrouted();

    private Unrouted() {}

    static NewDelivery held() {
        return NewDelivery.asReceived(DESTINATION, 0, QUEUE).held("no route takes this message");
    }

    @Override
    public SerialExecutor executor() {
        throw new IllegalStateException("what is held is in no queue");
    }

    @Override
    public void committed(QueuedDelivery delivery) {
        throw new IllegalStateException("what is held is in no queue");
    }
}
