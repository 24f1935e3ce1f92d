package org.khokahano.expression;

import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.Program;

/** What CEL's own interpreter evaluates. Safe for several threads. */
record CelProgram(Program program) {

    /**
     * Evaluates it.
     *
     * @throws FailedExpressionException with a code: CEL's own text may quote a value of the message
     */
    Object in(ExpressionInput input) throws FailedExpressionException {
        try {
            return program.eval(input);
        } catch (CelEvaluationException e) {
            throw new FailedExpressionException(reason(e.getErrorCode()));
        } catch (RuntimeException e) {
            throw new FailedExpressionException("internalError");
        }
    }

    boolean test(ExpressionInput input) throws FailedExpressionException {
        if (in(input) instanceof Boolean result) {
            return result;
        }
        throw new FailedExpressionException("notABoolean");
    }

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
