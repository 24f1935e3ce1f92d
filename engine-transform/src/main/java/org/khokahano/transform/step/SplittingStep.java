package org.khokahano.transform.step;

import java.util.List;

/**
 * A {@code when} or a {@code call} inside of which messages are split. What follows it is then taken for
 * each of them, so that the run goes on with the steps that it chooses and all that stand after it.
 */
public record SplittingStep(Step outer) implements Step {

    /** @param outer a {@link WhenStep} or a {@link CallStep} */
    public SplittingStep {
        if (!(outer instanceof WhenStep || outer instanceof CallStep)) {
            throw new IllegalArgumentException("nothing is split inside " + outer.place());
        }
    }

    /** The step, so wrapped where one of those inside of it splits messages. */
    public static Step wrapped(Step outer) {
        boolean splits = outer instanceof WhenStep when
                ? splits(when.steps()) || splits(when.otherwise())
                : outer instanceof CallStep call && splits(call.steps());
        return splits ? new SplittingStep(outer) : outer;
    }

    private static boolean splits(List<Step> steps) {
        return steps.stream().anyMatch(step -> step instanceof SplitStep || step instanceof SplittingStep);
    }

    @Override
    public StepPlace place() {
        return outer.place();
    }

    /** The steps to go on with. */
    List<Step> chosen(MappingRun run) throws StepException {
        return outer instanceof WhenStep when ? when.chosen(run) : ((CallStep) outer).steps();
    }

    @Override
    public Flow run(MappingRun run) throws StepException {
        throw new StepException("a message is not split inside 'each'");
    }
}
