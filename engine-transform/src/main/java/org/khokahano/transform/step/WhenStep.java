package org.khokahano.transform.step;

import java.util.List;
import org.khokahano.expression.Condition;
import org.khokahano.expression.FailedExpressionException;

/** Takes one list of steps or another: {@code {when: "...", do: [...], else: [...]}}. */
public record WhenStep(StepPlace place, Condition condition, List<Step> steps, List<Step> otherwise) implements Step {

    public WhenStep {
        steps = List.copyOf(steps);
        otherwise = List.copyOf(otherwise);
    }

    @Override
    public Flow run(MappingRun run) throws StepException {
        return run.take(chosen(run));
    }

    /** Asks the condition. */
    List<Step> chosen(MappingRun run) throws StepException {
        boolean fulfilled;
        try {
            fulfilled = condition.matches(run.input());
        } catch (FailedExpressionException failure) {
            throw new StepException("the condition failed: " + failure.reason());
        }
        run.decided(this, fulfilled);
        return fulfilled ? steps : otherwise;
    }
}
