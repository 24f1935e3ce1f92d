package org.khokahano.transform.step;

import java.util.List;

/** Takes the steps of another mapping: {@code {call: mappings/common.yaml}}. */
public record CallStep(StepPlace place, List<Step> steps) implements Step {

    public CallStep {
        steps = List.copyOf(steps);
    }

    @Override
    public Flow run(MappingRun run) throws StepException {
        return run.take(steps);
    }
}
