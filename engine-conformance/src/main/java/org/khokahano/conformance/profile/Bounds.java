package org.khokahano.conformance.profile;

import org.khokahano.conformance.rule.PartRules;
import org.khokahano.validation.Counted;

/** How many or how long, both included. */
public record Bounds(int least, int most) {
    /** No upper bound. */
    public static final int UNBOUNDED = PartRules.UNBOUNDED;

    boolean contains(int number) {
        return number >= least && number <= most;
    }

    /** In words: {@code 2 to 5 characters}, {@code at least 1 character}, {@code at most 5 characters}. */
    String words(String thing) {
        if (most == UNBOUNDED) {
            return "at least " + Counted.of(least, thing);
        }
        if (least == 0) {
            return "at most " + Counted.of(most, thing);
        }
        return (least == most ? "exactly " : least + " to ") + Counted.of(most, thing);
    }
}
