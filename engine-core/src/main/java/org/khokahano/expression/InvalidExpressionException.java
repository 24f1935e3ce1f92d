package org.khokahano.expression;

import java.util.List;

/** A condition that cannot be used, with everything that is wrong with it. */
public final class InvalidExpressionException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<ExpressionProblem> problems;

    InvalidExpressionException(List<ExpressionProblem> problems) {
        super(problems.get(0).message());
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, in the order of places; at least one. */
    public List<ExpressionProblem> problems() {
        return problems;
    }
}
