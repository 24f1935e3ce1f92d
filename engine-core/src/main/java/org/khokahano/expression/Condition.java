package org.khokahano.expression;

import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.Program;

/** A compiled condition. Safe for several threads; costs at most its budget (see the compiler). */
public final class Condition {

    private final String text;
    private final Program program;

    Condition(String text, Program program) {
        this.text = text;
        this.program = program;
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
        try {
            return (Boolean) program.eval(input);
        } catch (CelEvaluationException e) {
            throw new FailedExpressionException(reason(e.getErrorCode()));
        } catch (RuntimeException e) {
            throw new FailedExpressionException("internalError");
        }
    }

    /** CEL's own text may quote a value of the message, so only its code is told. */
    private static String reason(CelErrorCode code) {
        return switch (code) {
            case ITERATION_BUDGET_EXCEEDED -> "iterationBudgetExceeded";
            case INDEX_OUT_OF_BOUNDS -> "indexOutOfBounds";
            case DIVIDE_BY_ZERO -> "divideByZero";
            case NUMERIC_OVERFLOW -> "numericOverflow";
            case BAD_FORMAT -> "badFormat";
            case INVALID_ARGUMENT -> "invalidArgument";
            case TYPE_NOT_FOUND,
                    OVERLOAD_NOT_FOUND,
                    ATTRIBUTE_NOT_FOUND,
                    DUPLICATE_ATTRIBUTE,
                    AMBIGUOUS_OVERLOAD,
                    INTERNAL_ERROR -> "internalError";
        };
    }
}
