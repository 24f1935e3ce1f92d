package org.khokahano.accept;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.store.fragment.FragmentStore;

/**
 * The deadlines of messages whose next fragment has not come (R42), by the monotonic clock: one timer
 * for each. A restart begins the time anew.
 */
final class UnfinishedMessages {

    /** What expired is in quarantine under this code. */
    static final String REASON = "unfinished";

    /** How soon the store is asked again, where it took nothing. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

    private final Journey journey;
    private final FragmentStore store;
    private final Duration timeout;
    private final BiConsumer<Long, SerialExecutor> join;
    private final Map<Long, Progress> pending = new ConcurrentHashMap<>();

    /** How far a message has come, and when. */
    private record Progress(int fragments, long sinceNanos) {}

    /** @param join puts a message together again, on the executor, if that is still to be done */
    UnfinishedMessages(Journey journey, FragmentStore store, Duration timeout, BiConsumer<Long, SerialExecutor> join) {
        this.journey = journey;
        this.store = store;
        this.timeout = timeout;
        this.join = join;
    }

    /** So many fragments are there, and the next is waited for from now on. */
    void waitFor(long chain, int fragments, SerialExecutor executor) {
        Progress before =
                pending.put(chain, new Progress(fragments, journey.clock().nanoTime()));
        if (before == null) {
            executor.schedule(() -> look(chain, executor), timeout);
        }
    }

    /** So many were there some time ago; if more have come by now, nothing is to be done. */
    void goOnWaitingFor(long chain, int fragments, SerialExecutor executor) {
        Progress found = new Progress(fragments, journey.clock().nanoTime());
        if (pending.putIfAbsent(chain, found) == null) {
            executor.schedule(() -> look(chain, executor), timeout);
        }
    }

    /** The last fragment is there. */
    void over(long chain) {
        pending.remove(chain);
    }

    /** Looks later if it was stored; where the store took nothing, its sender may never come back. */
    void joinAgain(long chain, SerialExecutor executor) {
        executor.schedule(() -> join.accept(chain, executor), LOOK_AGAIN);
    }

    private void look(long chain, SerialExecutor executor) {
        Progress progress = pending.get(chain);
        if (progress == null) {
            return;
        }
        Duration waited = Duration.ofNanos(journey.clock().nanoTime() - progress.sinceNanos());
        if (waited.compareTo(timeout) < 0) {
            executor.schedule(() -> look(chain, executor), timeout.minus(waited));
            return;
        }
        String detail = "the rest of its message did not come within " + timeout.toMillis() + " ms";
        store.expireFragments(
                chain,
                progress.fragments(),
                REASON,
                detail,
                journey.clock().wallMillis(),
                executor,
                lengths -> expired(chain, progress, lengths, executor));
    }

    private void expired(long chain, Progress progress, @Nullable List<Integer> lengths, SerialExecutor executor) {
        if (lengths == null) {
            executor.schedule(() -> look(chain, executor), LOOK_AGAIN);
        } else if (!pending.remove(chain, progress) && pending.containsKey(chain)) {
            // The next fragment came at the last moment.
            executor.schedule(() -> look(chain, executor), timeout);
        } else {
            tell(lengths, REASON);
        }
    }

    private void tell(List<Integer> lengths, String reason) {
        for (int length : lengths) {
            journey.events().fragment(journey.listener(), "expired");
            journey.events().quarantined(journey.listener(), reason, length);
        }
    }

    /**
     * Moves what can never be put together into the quarantine.
     *
     * @param then told whether it is there
     */
    void giveUp(long chain, int fragments, Rejection why, SerialExecutor executor, Consumer<Boolean> then) {
        String reason = why.reason().code();
        store.expireFragments(
                chain, fragments, reason, why.detail(), journey.clock().wallMillis(), executor, lengths -> {
                    if (lengths != null) {
                        tell(lengths, reason);
                    }
                    then.accept(lengths != null && !lengths.isEmpty());
                });
    }
}
