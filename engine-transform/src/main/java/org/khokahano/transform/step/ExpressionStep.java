package org.khokahano.transform.step;

import org.khokahano.expression.FailedExpressionException;
import org.khokahano.expression.ValueExpression;
import org.khokahano.message.MessagePath;
import org.khokahano.transform.value.ValueException;
import org.khokahano.transform.value.ValueFunction;

/** Writes what an expression says: {@code {set: NTE-3, value: "msg['PID-5.1'] + ' ' + facility"}}. */
public record ExpressionStep(StepPlace place, MessagePath path, ValueExpression expression, ValueFunction function)
        implements Step {

    @Override
    public Flow run(MappingRun run) throws StepException {
        String value;
        try {
            value = expression.of(run.input());
            value = value.isEmpty() ? value : function.apply(value);
        } catch (FailedExpressionException failure) {
            throw new StepException("the expression failed: " + failure.reason());
        } catch (ValueException failure) {
            throw new StepException(String.valueOf(failure.getMessage()));
        }
        run.writes(this, path);
        run.target().set(path, value);
        return Flow.ON;
    }
}
