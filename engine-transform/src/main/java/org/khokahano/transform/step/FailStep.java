package org.khokahano.transform.step;

/** Ends the run with a failure: {@code {fail: "..."}} and {@code {hold: "..."}}. */
public record FailStep(StepPlace place, String reason) implements Step {

    @Override
    public Flow run(MappingRun run) throws StepException {
        throw new StepException(reason);
    }
}
