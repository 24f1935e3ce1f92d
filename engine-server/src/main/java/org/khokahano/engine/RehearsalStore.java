package org.khokahano.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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

/** Takes the one message of a rehearsal, and says at once that it is stored. Nothing is written anywhere. */
final class RehearsalStore implements MessageStore {

    /** The thread that rehearses, on which everything happens at once; nothing happens later. */
    static final SerialExecutor HERE = new SerialExecutor() {
        @Override
        public boolean isCurrent() {
            return true;
        }

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public Scheduled schedule(Runnable task, Duration delay) {
            return () -> {};
        }
    };

    private final long storedMillis;
    private final List<NewMessage> appended = new ArrayList<>();
    private @Nullable Quarantined quarantined;

    RehearsalStore(long storedMillis) {
        this.storedMillis = storedMillis;
    }

    /** In the order in which they came: one, unless a format made several messages of an input. */
    List<NewMessage> appended() {
        return List.copyOf(appended);
    }

    Optional<Quarantined> quarantined() {
        return Optional.ofNullable(quarantined);
    }

    @Override
    public void append(NewMessage message, Completion completion) {
        appended.add(message);
        completion.completed(AppendResult.stored(1, storedMillis, false, message.ackForm()));
    }

    @Override
    public void quarantine(Quarantined input, Completion completion) {
        quarantined = input;
        completion.completed(AppendResult.stored(1, storedMillis, false));
    }

    @Override
    public void deliverTo(DeliveryQueues queues) {
        throw notRunning();
    }

    @Override
    public void mark(Mark mark) {
        throw notRunning();
    }

    @Override
    public boolean isSaturated() {
        return false;
    }

    @Override
    public void whenRelieved(SerialExecutor executor, Runnable task) {
        throw notRunning();
    }

    @Override
    public void readPage(LanePageRequest request, SerialExecutor executor, Consumer<LanePage> consumer) {
        throw notRunning();
    }

    @Override
    public LaneBacklog[] backlog(String destination, int lanes) {
        throw notRunning();
    }

    @Override
    public void close() {}

    private static IllegalStateException notRunning() {
        return new IllegalStateException("nothing is sent in a rehearsal");
    }
}
