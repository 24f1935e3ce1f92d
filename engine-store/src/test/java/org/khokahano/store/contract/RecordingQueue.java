package org.khokahano.store.contract;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.store.DeliveryQueue;
import org.khokahano.store.QueuedDelivery;

/** Keeps what was committed for it. */
public final class RecordingQueue implements DeliveryQueue {

    private final SerialExecutor executor;
    private final List<QueuedDelivery> deliveries = new CopyOnWriteArrayList<>();

    public RecordingQueue(SerialExecutor executor) {
        this.executor = executor;
    }

    @Override
    public SerialExecutor executor() {
        return executor;
    }

    @Override
    public void committed(QueuedDelivery delivery) {
        deliveries.add(delivery);
    }

    public List<Long> ids() {
        return deliveries.stream().map(QueuedDelivery::id).toList();
    }

    public List<QueuedDelivery> deliveries() {
        return deliveries;
    }
}
