package org.khokahano.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.store.NewMessage.DuplicateKey;

/**
 * A store in memory that keeps the port's promises but for the disk, and remembers what it was given.
 * Commits at once, or when it is told to. Not for several threads.
 */
public final class RecordingStore implements MessageStore {

    private final List<NewMessage> messages = new ArrayList<>();
    private final List<Quarantined> quarantined = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private final Map<SequenceLink, SequenceState> sequences = new HashMap<>();
    private final List<String> awaited = new ArrayList<>();
    private final List<Runnable> reliefs = new ArrayList<>();
    private int most = Integer.MAX_VALUE;
    private boolean byHand;
    private @Nullable String refusal;
    private long expected;

    /** Messages in the order of their ids, which begin at 1. */
    public List<NewMessage> messages() {
        return messages;
    }

    public List<Quarantined> quarantined() {
        return quarantined;
    }

    public List<Mark> marks() {
        return marks;
    }

    /** From now on nothing is committed before {@link #commit()}. */
    public void commitByHand() {
        byHand = true;
    }

    /** Commits what waits. */
    public void commit() {
        for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
            next.run();
        }
    }

    /** Commits the first of what waits. */
    public void commitNext() {
        waiting.remove().run();
    }

    /** From now on it is saturated with so many messages; who waits for relief is told where there is room again. */
    public void holdAtMost(int messages) {
        most = messages;
        if (!isSaturated()) {
            List<Runnable> relieved = List.copyOf(reliefs);
            reliefs.clear();
            relieved.forEach(Runnable::run);
        }
    }

    /** From now on the message that comes next in every stream has this number. */
    public void expect(long number) {
        expected = number;
    }

    /** From now on everything is refused. */
    public void refuse(@Nullable String reason) {
        refusal = reason;
    }

    /** From now on a delivery to the destination waits for its application acknowledgement; its number counts from 1. */
    public void await(String destination) {
        awaited.add(destination);
    }

    /** Nothing that waits is known by a control id. */
    @Override
    public void answerAwaited(ApplicationAnswer answer, SerialExecutor executor, Consumer<AwaitedEnd> then) {
        AwaitedEnd end = refusal == null
                ? new AwaitedEnd("", List.of(), awaited.size(), 0, awaited.size())
                : AwaitedEnd.refused(refusal);
        executor.execute(() -> then.accept(end));
    }

    /** Ends two at a time, as the real one ends some at a time. */
    @Override
    public void expireAwaited(
            String destination,
            long upTo,
            DeliveryState end,
            long atMillis,
            SerialExecutor executor,
            Consumer<AwaitedEnd> then) {
        List<AwaitedEnd.Ended> ended = new ArrayList<>();
        for (int i = 0; i < Math.min(upTo, awaited.size()) && ended.size() < 2 && refusal == null; i++) {
            if (awaited.get(i).equals(destination)) {
                awaited.set(i, "");
                ended.add(new AwaitedEnd.Ended(i + 1, i + 1, destination, end));
            }
        }
        long waiting = awaited.stream().filter(destination::equals).count();
        AwaitedEnd result = refusal == null
                ? new AwaitedEnd("", ended, waiting, waiting == 0 ? 0 : atMillis, awaited.size())
                : AwaitedEnd.refused(refusal);
        executor.execute(() -> then.accept(result));
    }

    @Override
    public void deliverTo(DeliveryQueues queues) {}

    /** Where the streams of numbered messages stand. */
    public Map<SequenceLink, SequenceState> sequences() {
        return sequences;
    }

    @Override
    public void changeSequence(
            SequenceLink link, SequenceChange change, SerialExecutor executor, Consumer<SequenceReading> then) {
        run(() -> {
            if (refusal != null) {
                then.accept(SequenceReading.refused(refusal));
                return;
            }
            SequenceState before = sequences.get(link);
            SequenceState after = change.apply(before);
            if (after != null) {
                sequences.put(link, after);
            } else {
                sequences.remove(link);
            }
            then.accept(new SequenceReading("", before, after));
        });
    }

    @Override
    public void append(NewMessage message, Completion completion) {
        run(() -> complete(completion, refusal == null ? store(message) : AppendResult.refused(refusal)));
    }

    private AppendResult store(NewMessage message) {
        SequenceClaim claim = message.sequence();
        if (claim != null && expected != 0 && claim.number() != expected) {
            return AppendResult.outOfSequence(expected);
        }
        boolean sameIdOtherBytes = false;
        DuplicateKey key = message.duplicateKey();
        for (int i = 0; key != null && i < messages.size(); i++) {
            NewMessage earlier = messages.get(i);
            DuplicateKey earlierKey = earlier.duplicateKey();
            long age = message.receivedMillis() - earlier.receivedMillis();
            if (earlierKey == null
                    || earlierKey.identity() != key.identity()
                    || age >= key.window().toMillis()) {
                continue;
            }
            if (Arrays.equals(earlier.bytes(), message.bytes())) {
                return AppendResult.duplicate(i + 1, earlier.receivedMillis(), earlier.ackForm());
            }
            sameIdOtherBytes = true;
        }
        messages.add(message);
        return AppendResult.stored(messages.size(), message.receivedMillis(), sameIdOtherBytes, message.ackForm());
    }

    @Override
    public void quarantine(Quarantined input, Completion completion) {
        run(() -> {
            if (refusal == null) {
                quarantined.add(input);
                NewMessage acknowledgement = input.acknowledgement();
                if (acknowledgement != null) {
                    store(acknowledgement);
                }
                complete(completion, AppendResult.stored(quarantined.size(), input.receivedMillis(), false));
            } else {
                complete(completion, AppendResult.refused(refusal));
            }
        });
    }

    private static void complete(Completion completion, AppendResult result) {
        completion.executor().execute(() -> completion.completed(result));
    }

    private void run(Runnable commit) {
        if (byHand) {
            waiting.add(commit);
        } else {
            commit.run();
        }
    }

    @Override
    public void mark(Mark mark) {
        marks.add(mark);
    }

    @Override
    public boolean isSaturated() {
        return messages.size() >= most;
    }

    @Override
    public void whenRelieved(SerialExecutor executor, Runnable task) {
        if (isSaturated()) {
            reliefs.add(() -> executor.execute(task));
        } else {
            executor.execute(task);
        }
    }

    @Override
    public void readPage(LanePageRequest request, SerialExecutor executor, Consumer<LanePage> consumer) {
        executor.execute(() -> consumer.accept(LanePage.of(List.of(), List.of())));
    }

    @Override
    public LaneBacklog[] backlog(String destination, int lanes) {
        LaneBacklog[] backlog = new LaneBacklog[lanes];
        Arrays.fill(backlog, new LaneBacklog(0, 0));
        return backlog;
    }

    @Override
    public void close() {
        commit();
    }
}
