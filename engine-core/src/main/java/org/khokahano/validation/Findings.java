package org.khokahano.validation;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects the findings of one message, a bounded number of them, and bounds what looking for them may
 * cost. Of one thread.
 */
public final class Findings {
    private final int most;
    private final List<Finding> kept = new ArrayList<>();
    private long stepsLeft;
    private int more;

    /**
     * @param most how many findings are kept; the others are counted
     * @param steps how many checks may be made; each {@link #mayGoOn} takes one
     */
    public Findings(int most, long steps) {
        this.most = most;
        this.stepsLeft = steps;
    }

    /** Adds one, or counts it where there are enough. */
    public void add(Finding finding) {
        if (kept.size() < most) {
            kept.add(finding);
        } else {
            more++;
        }
    }

    /** Takes one step of the budget; false once it is spent, and the validator should end. */
    public boolean mayGoOn() {
        return stepsLeft > 0 && stepsLeft-- > 0;
    }

    /** Whether the budget was spent, so that there may be more to find. */
    public boolean cutShort() {
        return stepsLeft <= 0;
    }

    /** What was kept, in the order in which it was found. */
    public List<Finding> list() {
        return List.copyOf(kept);
    }

    /** How many were found beyond those that are kept. */
    public int more() {
        return more;
    }

    public boolean isEmpty() {
        return kept.isEmpty();
    }
}
