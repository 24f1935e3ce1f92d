package org.khokahano.store.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.store.AppendResult;
import org.khokahano.store.Completion;
import org.khokahano.store.LanePage;
import org.khokahano.store.LanePageRequest;
import org.khokahano.store.Mark;
import org.khokahano.store.MessageStore;
import org.khokahano.store.NewMessage;
import org.khokahano.store.Quarantined;
import org.khokahano.store.QueuedDelivery;

/** A store and somebody who waits for its answers, never longer than ten seconds. */
public final class StoreSession implements AutoCloseable {

    private static final long WAIT_SECONDS = 10;

    private final MessageStore store;
    private final TestLoop loop = new TestLoop();

    public StoreSession(MessageStore store) {
        this.store = store;
    }

    /** A completion that can be waited for. */
    public record Answer(SerialExecutor executor, CompletableFuture<AppendResult> future) implements Completion {
        @Override
        public void completed(AppendResult result) {
            if (!executor.isCurrent() || !future.complete(result)) {
                throw new IllegalStateException("completed on another thread, or twice");
            }
        }
    }

    public MessageStore store() {
        return store;
    }

    public TestLoop loop() {
        return loop;
    }

    /** A queue that every delivery is told to from now on. */
    public RecordingQueue recordingQueue() {
        RecordingQueue queue = new RecordingQueue(loop);
        store.deliverTo((destination, keyHash) -> queue);
        return queue;
    }

    public CompletableFuture<AppendResult> appendLater(NewMessage message) {
        Answer answer = new Answer(loop, new CompletableFuture<>());
        store.append(message, answer);
        return answer.future();
    }

    public AppendResult append(NewMessage message) {
        return get(appendLater(message));
    }

    public AppendResult quarantine(Quarantined input) {
        Answer answer = new Answer(loop, new CompletableFuture<>());
        store.quarantine(input, answer);
        return get(answer.future());
    }

    public void mark(Mark mark) {
        store.mark(mark);
    }

    public LanePage page(String destination, int lanes, int lane, long afterId, int limit, long maxBytes) {
        CompletableFuture<LanePage> page = new CompletableFuture<>();
        store.readPage(new LanePageRequest(destination, lanes, lane, afterId, limit, maxBytes), loop, page::complete);
        return get(page);
    }

    /** All that a destination of one lane has queued. */
    public List<QueuedDelivery> queued(String destination) {
        List<QueuedDelivery> all = new ArrayList<>();
        LanePage page = page(destination, 1, 0, 0, 100, 1 << 20);
        while (!page.failed() && !page.deliveries().isEmpty()) {
            all.addAll(page.deliveries());
            page = page(destination, 1, 0, all.get(all.size() - 1).id(), 100, 1 << 20);
        }
        if (page.failed()) {
            throw new IllegalStateException("a page could not be read");
        }
        return all;
    }

    public static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("the store did not answer", e);
        }
    }

    @Override
    public void close() {
        store.close();
        loop.close();
    }
}
