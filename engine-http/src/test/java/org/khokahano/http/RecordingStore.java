package org.khokahano.http;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.khokahano.lane.Lane;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.store.Completion;
import org.khokahano.store.DeliveryQueues;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.LaneBacklog;
import org.khokahano.store.LanePage;
import org.khokahano.store.LanePageRequest;
import org.khokahano.store.Mark;
import org.khokahano.store.MessageStore;
import org.khokahano.store.NewMessage;
import org.khokahano.store.Quarantined;
import org.khokahano.store.QueuedDelivery;

/** One lane's queue in memory, and every mark that the lane makes. */
final class RecordingStore implements MessageStore {

    final List<Mark> marks = new CopyOnWriteArrayList<>();
    private final TreeMap<Long, QueuedDelivery> queued = new TreeMap<>();

    /** As after a commit: the delivery is durable, and the lane is told. */
    void commit(Lane lane, long id) {
        QueuedDelivery delivery =
                new QueuedDelivery(id, 1_000 + id, TestMessages.message("M" + id), 0, 0, id, id, false);
        synchronized (this) {
            queued.put(id, delivery);
        }
        lane.executor().execute(() -> lane.committed(delivery));
    }

    @Override
    public void deliverTo(DeliveryQueues queues) {}

    @Override
    public synchronized void mark(Mark mark) {
        if (mark.state() != DeliveryState.QUEUED) {
            queued.remove(mark.deliveryId());
        }
        marks.add(mark);
    }

    List<Mark> marksOf(long id) {
        return marks.stream().filter(mark -> mark.deliveryId() == id).toList();
    }

    /** The last mark of a delivery tells its state. */
    DeliveryState stateOf(long id) {
        List<Mark> all = marksOf(id);
        return all.isEmpty() ? DeliveryState.QUEUED : all.get(all.size() - 1).state();
    }

    synchronized int depth() {
        return queued.size();
    }

    @Override
    public synchronized void readPage(LanePageRequest request, SerialExecutor executor, Consumer<LanePage> consumer) {
        List<QueuedDelivery> page =
                new ArrayList<>(queued.tailMap(request.afterId(), false).values());
        LanePage read = LanePage.of(page.subList(0, Math.min(page.size(), request.limit())), List.of());
        executor.execute(() -> consumer.accept(read));
    }

    @Override
    public synchronized LaneBacklog[] backlog(String destination, int lanes) {
        return new LaneBacklog[] {new LaneBacklog(queued.size(), 0)};
    }

    @Override
    public void append(NewMessage message, Completion completion) {
        throw new UnsupportedOperationException("lanes append nothing");
    }

    @Override
    public void quarantine(Quarantined input, Completion completion) {
        throw new UnsupportedOperationException("lanes quarantine nothing");
    }

    @Override
    public boolean isSaturated() {
        return false;
    }

    @Override
    public void whenRelieved(SerialExecutor executor, Runnable task) {
        executor.execute(task);
    }

    @Override
    public void close() {}
}
