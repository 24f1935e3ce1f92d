package org.khokahano.validation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Collects the findings of one message, a bounded number of them, and bounds what looking for them may
 * cost. Where there are too many, the gravest are kept. Of one thread.
 */
public final class Findings {
    private final int most;
    private final List<Finding> kept = new ArrayList<>();
    private final int[] counts = new int[Severity.values().length];
    private long stepsLeft;
    private int more;

    /**
     * @param most how many findings are kept, at least one; the others are counted
     * @param steps how many checks may be made; each {@link #mayGoOn} takes one
     */
    public Findings(int most, long steps) {
        this.most = most;
        this.stepsLeft = steps;
    }

    /** Adds one, or counts it where there are enough that are as grave. */
    public void add(Finding finding) {
        counts[finding.severity().ordinal()]++;
        if (kept.size() == most) {
            more++;
            int lesser = lastLessGrave(finding.severity());
            if (lesser < 0) {
                return;
            }
            kept.remove(lesser);
        }
        kept.add(finding);
    }

    private int lastLessGrave(Severity severity) {
        for (int i = Severity.values().length - 1; i > severity.ordinal(); i--) {
            for (int at = counts[i] == 0 ? -1 : kept.size() - 1; at >= 0; at--) {
                if (kept.get(at).severity().ordinal() == i) {
                    return at;
                }
            }
        }
        return -1;
    }

    /** Takes one step of the budget; false once it is spent, and the validator should end. */
    public boolean mayGoOn() {
        return stepsLeft > 0 && stepsLeft-- > 0;
    }

    /** Takes several steps at once, for what costs more than a look; false once the budget is spent. */
    public boolean mayTake(int steps) {
        stepsLeft = Math.max(0, stepsLeft - steps);
        return stepsLeft > 0;
    }

    /** Whether the budget was spent, so that there may be more to find. */
    public boolean cutShort() {
        return stepsLeft <= 0;
    }

    /** What was kept, the gravest first, and in the order in which it was found. */
    public List<Finding> list() {
        return kept.stream().sorted(Comparator.comparing(Finding::severity)).toList();
    }

    /** How many were found of that severity, those that were not kept too. */
    public int count(Severity severity) {
        return counts[severity.ordinal()];
    }

    /** How many were found beyond those that are kept. */
    public int more() {
        return more;
    }

    public boolean isEmpty() {
        return kept.isEmpty();
    }
}
