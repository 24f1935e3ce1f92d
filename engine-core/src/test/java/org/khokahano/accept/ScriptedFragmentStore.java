package org.khokahano.accept;

import java.util.ArrayDeque;
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

/** One message's fragments; what can be read of them is as tests say. */
final class ScriptedFragmentStore implements FragmentStore {

    private final List<byte[]> kept = new ArrayList<>();
    private final ArrayDeque<FragmentReading> readings = new ArrayDeque<>();
    private final List<String> givenUp = new ArrayList<>();
    private boolean dropped;
    private String firstControlId = "";
    private boolean refuses;
    private Runnable beforeReading = () -> {};

    /** What is read next, in the place of what was kept. */
    void readNext(FragmentReading reading) {
        readings.add(reading);
    }

    /** What happens before fragments are read. */
    void beforeReading(Runnable what) {
        beforeReading = what;
    }

    /** From now on nothing can be written. */
    void refuse() {
        refuses = true;
    }

    /** What went to quarantine: how many fragments, and why. */
    List<String> givenUp() {
        return givenUp;
    }

    boolean isDropped() {
        return dropped;
    }

    @Override
    public void appendFragment(NewFragment fragment, SerialExecutor executor, Consumer<FragmentResult> then) {
        kept.add(fragment.bytes());
        firstControlId = kept.size() == 1 ? fragment.controlId() : firstControlId;
        Outcome outcome = fragment.isLast() ? Outcome.COMPLETE : Outcome.KEPT;
        then.accept(new FragmentResult(
                outcome, 1, kept.size(), kept.size(), fragment.receivedMillis(), fragment.ackForm(), firstControlId));
    }

    @Override
    public void readFragments(long chain, SerialExecutor executor, Consumer<FragmentReading> then) {
        beforeReading.run();
        FragmentReading scripted = readings.poll();
        FragmentReading.State state = kept.isEmpty() ? FragmentReading.State.GONE : FragmentReading.State.READ;
        then.accept(scripted != null ? scripted : new FragmentReading(state, kept.size(), kept));
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
        if (refuses) {
            then.accept(null);
            return;
        }
        givenUp.add(fragments + " " + reason);
        List<Integer> lengths = kept.stream().map(each -> each.length).toList();
        kept.clear();
        then.accept(lengths);
    }

    @Override
    public void dropFragments(long chain, SerialExecutor executor, Runnable then) {
        kept.clear();
        dropped = true;
        then.run();
    }

    @Override
    public List<PendingFragments> pendingFragments() {
        return kept.isEmpty() ? List.of() : List.of(new PendingFragments(1, "ehr", kept.size(), "F1", 1, true));
    }
}
