package org.khokahano.expression;

import java.util.List;

/**
 * How a condition came to its result: each of its clauses, all evaluated, also those that the result does
 * not need.
 *
 * @param kind how it is put together
 * @param clause what it says and where
 * @param result what came out
 * @param failure why it could not be evaluated, as a code; empty unless it failed
 * @param inputs what a test read; empty for what is put together from others
 * @param parts what it is put together from
 */
public record ConditionTrace(
        Kind kind, Clause clause, Result result, String failure, List<Input> inputs, List<ConditionTrace> parts) {

    public ConditionTrace {
        inputs = List.copyOf(inputs);
        parts = List.copyOf(parts);
    }

    /** How a condition is put together. */
    public enum Kind {
        /** {@code a && b}. */
        ALL_OF,
        /** {@code a || b}. */
        ANY_OF,
        /** {@code !a}. */
        NOT,
        /** Anything else. */
        TEST
    }

    /** What comes out of a condition. */
    public enum Result {
        TRUE,
        FALSE,
        FAILED;

        static Result of(boolean value) {
            return value ? TRUE : FALSE;
        }
    }

    /**
     * A condition or a part of it.
     *
     * @param number its number within the condition, from 0, the whole condition first
     * @param text as it is written, but for the spaces
     * @param line line within the expression, from 1
     * @param column column within that line, from 1
     */
    public record Clause(int number, String text, int line, int column) {}

    /**
     * Something that a test read.
     *
     * @param name as the condition writes it, such as {@code msg['PID-3.4']}
     * @param value what was there
     */
    public record Input(String name, Content value) {}
}
