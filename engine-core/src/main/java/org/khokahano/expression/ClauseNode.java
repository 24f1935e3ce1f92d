package org.khokahano.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.khokahano.expression.ConditionTrace.Clause;
import org.khokahano.expression.ConditionTrace.Input;
import org.khokahano.expression.ConditionTrace.Kind;
import org.khokahano.expression.ConditionTrace.Result;

/**
 * A condition as a tree of tests. As in CEL, a part that fails does not matter where another part
 * decides: false and anything is false, true or anything is true.
 */
sealed interface ClauseNode {

    Clause clause();

    boolean test(ExpressionInput input) throws FailedExpressionException;

    ConditionTrace trace(ExpressionInput input);

    /** {@code &&} and {@code ||}: the first part that equals the deciding value decides. */
    record Several(Clause clause, boolean deciding, List<ClauseNode> parts) implements ClauseNode {
        @Override
        public boolean test(ExpressionInput input) throws FailedExpressionException {
            FailedExpressionException failed = null;
            for (int i = 0; i < parts.size(); i++) {
                try {
                    if (parts.get(i).test(input) == deciding) {
                        return deciding;
                    }
                } catch (FailedExpressionException e) {
                    failed = failed == null ? e : failed;
                }
            }
            if (failed != null) {
                throw failed;
            }
            return !deciding;
        }

        @Override
        public ConditionTrace trace(ExpressionInput input) {
            List<ConditionTrace> traces = new ArrayList<>(parts.size());
            Result result = Result.of(!deciding);
            String failure = "";
            for (ClauseNode part : parts) {
                ConditionTrace trace = part.trace(input);
                traces.add(trace);
                if (trace.result() == Result.of(deciding)) {
                    result = trace.result();
                } else if (trace.result() == Result.FAILED && result != Result.of(deciding)) {
                    failure = result == Result.FAILED ? failure : trace.failure();
                    result = Result.FAILED;
                }
            }
            return new ConditionTrace(
                    deciding ? Kind.ANY_OF : Kind.ALL_OF,
                    clause,
                    result,
                    result == Result.FAILED ? failure : "",
                    List.of(),
                    traces);
        }
    }

    record Not(Clause clause, ClauseNode part) implements ClauseNode {
        @Override
        public boolean test(ExpressionInput input) throws FailedExpressionException {
            return !part.test(input);
        }

        @Override
        public ConditionTrace trace(ExpressionInput input) {
            ConditionTrace trace = part.trace(input);
            Result result = trace.result() == Result.FAILED ? Result.FAILED : Result.of(trace.result() == Result.FALSE);
            return new ConditionTrace(Kind.NOT, clause, result, trace.failure(), List.of(), List.of(trace));
        }
    }

    /**
     * A test that is not taken apart further.
     *
     * @param reads what it reads, for a trace
     * @param comparison what it compares, where that is a text and constants
     */
    record Leaf(
            Clause clause,
            Check check,
            List<Read> reads,
            @Nullable Comparison comparison) implements ClauseNode {
        @Override
        public boolean test(ExpressionInput input) throws FailedExpressionException {
            return check.test(input);
        }

        @Override
        public ConditionTrace trace(ExpressionInput input) {
            Result result;
            String failure = "";
            try {
                result = Result.of(check.test(input));
            } catch (FailedExpressionException e) {
                result = Result.FAILED;
                failure = e.reason();
            }
            List<Input> inputs = reads.stream()
                    .map(read -> new Input(read.name(), read.content(input)))
                    .toList();
            return new ConditionTrace(Kind.TEST, clause, result, failure, inputs, List.of());
        }
    }

    /** Something that is true or false. */
    @FunctionalInterface
    interface Check {
        boolean test(ExpressionInput input) throws FailedExpressionException;
    }

    /** Something that a test reads, all of its values. */
    record Read(String name, Function<ExpressionInput, String> value) {
        Content content(ExpressionInput input) {
            return new Content(value.apply(input));
        }
    }
}
