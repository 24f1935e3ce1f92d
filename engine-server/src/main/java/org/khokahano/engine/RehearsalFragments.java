package org.khokahano.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.store.fragment.FragmentReading;
import org.khokahano.store.fragment.FragmentResult;
import org.khokahano.store.fragment.FragmentResult.Outcome;
import org.khokahano.store.fragment.FragmentStore;
import org.khokahano.store.fragment.NewFragment;
import org.khokahano.store.fragment.PendingFragments;

/** The fragments of a rehearsal, of which there is one at most: what follows it is another rehearsal. */
final class RehearsalFragments implements FragmentStore {

    private final List<byte[]> kept = new ArrayList<>();

    @Override
    public void appendFragment(NewFragment fragment, SerialExecutor executor, Consumer<FragmentResult> then) {
        if (!fragment.isFirst()) {
            then.accept(FragmentResult.not(Outcome.NOTHING_TO_FOLLOW));
            return;
        }
        kept.add(fragment.bytes());
        then.accept(new FragmentResult(
                Outcome.KEPT, 1, 1, 1, fragment.receivedMillis(), fragment.ackForm(), fragment.controlId()));
    }

    @Override
    public void readFragments(long chain, SerialExecutor executor, Consumer<FragmentReading> then) {
        then.accept(new FragmentReading(FragmentReading.State.READ, kept.size(), kept));
    }

    @Override
    public void expireFragments(
            long chain,
            int fragments,
            String reason,
            String detail,
            long atMillis,
            SerialExecutor executor,
            Consumer<@Nullable List<Integer>> then) {
        then.accept(List.of());
    }

    @Override
    public void dropFragments(long chain, SerialExecutor executor, Runnable then) {
        then.run();
    }

    @Override
    public List<PendingFragments> pendingFragments() {
        return List.of();
    }
}
