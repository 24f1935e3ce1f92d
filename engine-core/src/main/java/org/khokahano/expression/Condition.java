package org.khokahano.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.khokahano.expression.ClauseNode.Not;
import org.khokahano.expression.ClauseNode.Several;
import org.khokahano.expression.ConditionTrace.Clause;
import org.khokahano.expression.ConditionTrace.Result;

/** A compiled condition. Safe for several threads; costs at most its budget (see the compiler). */
public final class Condition {

    private final String text;
    private final ClauseNode root;
    private final ExpressionReads reads;

    Condition(String text, ClauseNode root, ExpressionReads reads) {
        this.text = text;
        this.root = root;
        this.reads = reads;
    }

    /** The expression as it was written. */
    public String text() {
        return text;
    }

    /**
     * Whether the message fulfils it.
     *
     * @throws FailedExpressionException where it cannot be evaluated for this message
     */
    public boolean matches(ExpressionInput input) throws FailedExpressionException {
        ConditionObserver observer = input.observer();
        if (observer == null) {
            return root.test(input);
        }
        ConditionTrace trace = root.trace(input);
        observer.asked(this, trace);
        if (trace.result() == Result.FAILED) {
            throw new FailedExpressionException(trace.failure());
        }
        return trace.result() == Result.TRUE;
    }

    /** How it comes to its result for a message, clause by clause. */
    public ConditionTrace trace(ExpressionInput input) {
        return root.trace(input);
    }

    /** All its clauses, the whole condition first, each before its parts. */
    public List<Clause> clauses() {
        List<Clause> clauses = new ArrayList<>();
        collect(root, clauses);
        return clauses;
    }

    private static void collect(ClauseNode node, List<Clause> clauses) {
        clauses.add(node.clause());
        if (node instanceof Several several) {
            several.parts().forEach(part -> collect(part, clauses));
        } else if (node instanceof Not not) {
            collect(not.part(), clauses);
        }
    }

    /** What is written out in it of what it reads. */
    public ExpressionReads reads() {
        return reads;
    }

    /** Whether no message can fulfil it, as far as that shows without a message. */
    public boolean isNeverTrue() {
        return Comparison.impossible(root);
    }

    /** Whether every message fulfils it, as far as that shows without a message. */
    public boolean isAlwaysTrue() {
        return Comparison.certain(root);
    }

    /**
     * The values that a place of {@code msg} can have where the condition is true.
     *
     * @param path the place, such as {@code MSH-9.1}
     * @return nothing where it may have any value
     */
    public Optional<Set<String>> possibleValues(String path) {
        return Comparison.possible(root, path);
    }
}
