package org.khokahano.transform.step;

import java.util.Map;

/** Runs a step that is written in Java. A bug in it is a failure of the message, not of the engine. */
public record RunStep(StepPlace place, CustomStep step, Map<String, String> settings) implements Step {

    public RunStep {
        settings = Map.copyOf(settings);
    }

    @Override
    public Flow run(MappingRun run) throws StepException {
        try {
            step.run(run.target(), run.received(), run.origin(), settings);
        } catch (RuntimeException bug) {
            // Its message may quote the message's content.
            throw new StepException("it failed with " + bug.getClass().getName());
        }
        return Flow.ON;
    }
}
