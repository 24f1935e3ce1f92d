package org.khokahano.mllp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.store.AppendResult;
import org.khokahano.store.Completion;
import org.khokahano.store.DeliveryQueues;
import org.khokahano.store.LaneBacklog;
import org.khokahano.store.LanePage;
import org.khokahano.store.LanePageRequest;
import org.khokahano.store.Mark;
import org.khokahano.store.MessageStore;
import org.khokahano.store.NewMessage;
import org.khokahano.store.Quarantined;

/** Keeps everything in memory; completes at once, or when a test lets it. */
final class FakeMessageStore implements MessageStore {
    final List<NewMessage> stored = new CopyOnWriteArrayList<>();
    final List<Quarantined> quarantined = new CopyOnWriteArrayList<>();
    final List<Mark> marks = new CopyOnWriteArrayList<>();
    private final Map<Long, Long> known = new ConcurrentHashMap<>();
    private final List<Runnable> held = new ArrayList<>();
    private final List<Runnable> relieved = new ArrayList<>();
    private boolean holding;
    private boolean saturated;
    private String refusal = "";

    @Override
    public void deliverTo(DeliveryQueues queues) {}

    @Override
    public synchronized void append(NewMessage message, Completion completion) {
        if (!refusal.isEmpty()) {
            complete(completion, AppendResult.refused(refusal));
            return;
        }
        AppendResult result;
        var key = message.duplicateKey();
        Long original = key == null ? null : known.get(key.content());
        if (original != null) {
            result = AppendResult.duplicate(original, 1, 0);
        } else {
            stored.add(message);
            if (key != null) {
                known.put(key.content(), (long) stored.size());
            }
            result = AppendResult.stored(stored.size(), 1, false, message.ackForm());
        }
        complete(completion, result);
    }

    @Override
    public synchronized void quarantine(Quarantined input, Completion completion) {
        quarantined.add(input);
        complete(completion, AppendResult.stored(1, 1, false));
    }

    private void complete(Completion completion, AppendResult result) {
        Runnable task = () -> completion.executor().execute(() -> completion.completed(result));
        if (holding) {
            held.add(task);
        } else {
            task.run();
        }
    }

    /** From now on nothing is stored, for this reason. */
    synchronized void refuse(String reason) {
        refusal = reason;
    }

    /** From now on messages are stored again. */
    synchronized void accept() {
        refusal = "";
    }

    /** From now on commits wait. */
    synchronized void hold() {
        holding = true;
    }

    /** Ends what waits, last first where asked, so that answers come in another order. */
    synchronized void release(boolean lastFirst) {
        holding = false;
        while (!held.isEmpty()) {
            held.remove(lastFirst ? held.size() - 1 : 0).run();
        }
    }

    synchronized void saturate() {
        saturated = true;
    }

    synchronized void relieve() {
        saturated = false;
        relieved.forEach(Runnable::run);
        relieved.clear();
    }

    synchronized int waitingForRelief() {
        return relieved.size();
    }

    @Override
    public void mark(Mark mark) {
        marks.add(mark);
    }

    @Override
    public synchronized boolean isSaturated() {
        return saturated;
    }

    @Override
    public synchronized void whenRelieved(SerialExecutor executor, Runnable task) {
        relieved.add(() -> executor.execute(task));
    }

    @Override
    public void readPage(LanePageRequest request, SerialExecutor executor, Consumer<LanePage> consumer) {
        executor.execute(() -> consumer.accept(LanePage.of(List.of(), List.of())));
    }

    @Override
    public LaneBacklog[] backlog(String destination, int lanes) {
        throw new UnsupportedOperationException("no test starts a lane with a backlog here");
    }

    @Override
    public void close() {}
}
