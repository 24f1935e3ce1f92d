package org.khokahano.expression;

import java.util.List;

/** A compiled expression whose result is text. Safe for several threads; bounded as a condition is. */
public final class ValueExpression {

    private final String text;
    private final Text value;
    private final List<ReadPath> paths;

    ValueExpression(String text, Text value, List<ReadPath> paths) {
        this.text = text;
        this.value = value;
        this.paths = List.copyOf(paths);
    }

    /** The expression as it was written. */
    public String text() {
        return text;
    }

    /**
     * The text for a message. Numbers are written without an exponent and without a fraction of zero,
     * booleans as {@code true} and {@code false}.
     *
     * @throws FailedExpressionException where it cannot be evaluated for this message
     */
    public String of(ExpressionInput input) throws FailedExpressionException {
        return value.in(input);
    }

    /** The paths that are written out in it, with their places. */
    public List<ReadPath> paths() {
        return paths;
    }
}
