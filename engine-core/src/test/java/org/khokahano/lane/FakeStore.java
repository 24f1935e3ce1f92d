package org.khokahano.lane;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.store.Completion;
import org.khokahano.store.DeliveryQueue;
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

/**
 * One lane's queue in memory. Pages take two steps, as with a real reader: what a page shows is fixed
 * when it is read, and it arrives later. Marks change what later pages show only once written.
 */
final class FakeStore implements MessageStore {

    private final TreeMap<Long, QueuedDelivery> queued = new TreeMap<>();
    private final List<Mark> marks = new ArrayList<>();
    private final ArrayDeque<Mark> unwritten = new ArrayDeque<>();
    private final ArrayDeque<Asked> asked = new ArrayDeque<>();
    private final ArrayDeque<Read> read = new ArrayDeque<>();
    private final List<LanePageRequest> requests = new ArrayList<>();
    private final Set<Long> lost = new HashSet<>();
    private final List<Runnable> whenMarksWritten = new ArrayList<>();
    private boolean readsAtOnce = true;
    private boolean behindOnMarks;
    private long lastId;

    private record Asked(LanePageRequest request, SerialExecutor executor, Consumer<LanePage> consumer) {}

    private record Read(LanePage page, Asked asked) {}

    void readWhenTold() {
        readsAtOnce = false;
    }

    /** Makes a delivery durable, and tells the queue, if there is one. */
    long commit(SerialExecutor executor, DeliveryQueue... queues) {
        long id = ++lastId;
        QueuedDelivery delivery =
                new QueuedDelivery(id, 1_000 + id, FakeSender.payload(id), 0, 0, 1_700_000_000_000L + id, id, false);
        queued.put(id, delivery);
        for (DeliveryQueue queue : queues) {
            executor.execute(() -> queue.committed(delivery));
        }
        return id;
    }

    @Override
    public void deliverTo(DeliveryQueues queues) {}

    @Override
    public void append(NewMessage message, Completion completion) {
        throw new UnsupportedOperationException("lanes append nothing");
    }

    @Override
    public void quarantine(Quarantined input, Completion completion) {
        throw new UnsupportedOperationException("lanes quarantine nothing");
    }

    @Override
    public void mark(Mark mark) {
        marks.add(mark);
        unwritten.add(mark);
        if (readsAtOnce) {
            writeMarks();
        }
    }

    void writeMarks() {
        for (Mark mark = unwritten.poll(); mark != null; mark = unwritten.poll()) {
            if (mark.state() != DeliveryState.QUEUED) {
                queued.remove(mark.deliveryId());
            }
        }
    }

    /** From now on marks wait for the disk. */
    void fallBehindOnMarks() {
        behindOnMarks = true;
    }

    /** The disk has taken the marks. */
    void catchUpOnMarks() {
        behindOnMarks = false;
        whenMarksWritten.forEach(Runnable::run);
        whenMarksWritten.clear();
    }

    @Override
    public boolean isBehindOnMarks() {
        return behindOnMarks;
    }

    @Override
    public void whenMarksWritten(SerialExecutor executor, Runnable task) {
        whenMarksWritten.add(() -> executor.execute(task));
    }

    int waitingForMarks() {
        return whenMarksWritten.size();
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
    public void readPage(LanePageRequest request, SerialExecutor executor, Consumer<LanePage> consumer) {
        requests.add(request);
        asked.add(new Asked(request, executor, consumer));
        if (readsAtOnce) {
            readNext(false);
            deliverPage();
        }
    }

    /** As a damaged disk does: a page finds the delivery without its bytes, and gives it up. */
    void loseBytesOf(long id) {
        lost.add(id);
    }

    boolean isAsked() {
        return !asked.isEmpty();
    }

    boolean hasPage() {
        return !read.isEmpty();
    }

    /** Reads the page that was asked for first: what is queued now. */
    void readNext(boolean failing) {
        Asked next = asked.remove();
        List<QueuedDelivery> page = new ArrayList<>();
        List<Long> givenUp = new ArrayList<>();
        long bytes = 0;
        for (QueuedDelivery delivery :
                queued.tailMap(next.request().afterId(), false).values()) {
            if (page.size() >= next.request().limit() || bytes >= next.request().maxBytes()) {
                break;
            }
            if (lost.contains(delivery.id())) {
                givenUp.add(delivery.id());
                mark(Mark.decision(delivery.id(), DeliveryState.DEAD_LETTER, 0, "lost"));
                continue;
            }
            bytes += delivery.payload().length;
            page.add(delivery);
        }
        read.add(new Read(failing ? LanePage.unreadable(List.of()) : LanePage.of(page, givenUp), next));
    }

    /** Hands over the page that was read first. */
    void deliverPage() {
        Read next = read.remove();
        next.asked().executor().execute(() -> next.asked().consumer().accept(next.page()));
    }

    @Override
    public LaneBacklog[] backlog(String destination, int lanes) {
        return new LaneBacklog[] {backlog()};
    }

    LaneBacklog backlog() {
        return new LaneBacklog(
                queued.size(),
                queued.isEmpty() ? 0 : queued.firstEntry().getValue().receivedMillis());
    }

    @Override
    public void close() {}

    List<Mark> marks() {
        return List.copyOf(marks);
    }

    List<DeliveryState> statesOf(long id) {
        return marks.stream()
                .filter(mark -> mark.deliveryId() == id)
                .map(Mark::state)
                .toList();
    }

    List<LanePageRequest> requests() {
        return List.copyOf(requests);
    }

    long lastId() {
        return lastId;
    }
}
