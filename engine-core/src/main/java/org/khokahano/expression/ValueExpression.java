package org.khokahano.expression;

/** A compiled expression whose result is text. Safe for several threads; bounded as a condition is. */
public final class ValueExpression {

    private final String text;
    private final Text value;
    private final ExpressionReads reads;

    ValueExpression(String text, Text value, ExpressionReads reads) {
        this.text = text;
        this.value = value;
        this.reads = reads;
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

    /** What is written out in it of what it reads. */
    public ExpressionReads reads() {
        return reads;
    }
}
