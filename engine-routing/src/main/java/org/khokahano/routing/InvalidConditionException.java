package org.khokahano.routing;

import java.util.List;

/** A condition that cannot be used, with everything that is wrong with it. */
public final class InvalidConditionException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<ConditionProblem> problems;

    InvalidConditionException(List<ConditionProblem> problems) {
        super(problems.get(0).message());
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, in the order of places; at least one. */
    public List<ConditionProblem> problems() {
        return problems;
    }
}
