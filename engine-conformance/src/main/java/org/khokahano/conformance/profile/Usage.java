package org.khokahano.conformance.profile;

/** Whether something has to be there (2.B.7.5). */
public enum Usage {
    /** Required. */
    R,
    /** Required where the sender knows it. */
    RE,
    /** Optional. */
    O,
    /** Not to be used. */
    X;

    /** How often something may be there: by its usage, and the numbers that are given where it may. */
    Bounds within(Bounds given) {
        return switch (this) {
            case R -> new Bounds(Math.max(1, given.least()), given.most() == 0 ? Bounds.UNBOUNDED : given.most());
            case RE, O -> new Bounds(0, given.most() == 0 ? Bounds.UNBOUNDED : given.most());
            case X -> new Bounds(0, 0);
        };
    }
}
