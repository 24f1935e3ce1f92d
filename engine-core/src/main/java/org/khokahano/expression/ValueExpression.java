package org.khokahano.expression;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.Program;

/** A compiled expression whose result is a text. Safe for several threads. */
public final class ValueExpression {

    private final String text;
    private final Program program;

    ValueExpression(String text, Program program) {
        this.text = text;
        this.program = program;
    }

    /** The expression as it was written. */
    public String text() {
        return text;
    }

    /**
     * What it says for a message.
     *
     * @throws FailedExpressionException where it cannot be evaluated for this message
     */
    public String value(ExpressionInput input) throws FailedExpressionException {
        try {
            return (String) program.eval(input);
        } catch (CelEvaluationException e) {
            throw new FailedExpressionException(Condition.reason(e.getErrorCode()));
        } catch (RuntimeException e) {
            throw new FailedExpressionException("internalError");
        }
    }
}
