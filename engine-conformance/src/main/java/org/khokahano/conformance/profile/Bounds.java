package org.khokahano.conformance.profile;

import org.khokahano.conformance.rule.PartRules;

/** How many or how long, both included. */
public record Bounds(int least, int most) {
    /** No upper bound. */
    public static final int UNBOUNDED = PartRules.UNBOUNDED;

    boolean contains(int number) {
        return number >= least && number <= most;
    }

    /** In words: {@code 2 to 5}, {@code at least 2}, {@code 5 at most}. */
    String words() {
        if (most == UNBOUNDED) {
            return "at least " + least;
        }
        return least == 0 ? most + " at most" : least == most ? "exactly " + most : least + " to " + most;
    }
}
