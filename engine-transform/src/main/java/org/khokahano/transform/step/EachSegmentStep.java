package org.khokahano.transform.step;

import java.util.List;
import org.khokahano.message.Draft;

/** Takes steps for each segment of a name: {@code {each: OBX, do: [...]}}. */
public record EachSegmentStep(StepPlace place, String segment, List<Step> steps) implements Step {

    public EachSegmentStep {
        steps = List.copyOf(steps);
    }

    @Override
    public Flow run(MappingRun run) throws StepException {
        Draft draft = run.source();
        int followed = draft.followed();
        try {
            return Walk.over(draft.stretches(segment), steps, run);
        } finally {
            draft.release(followed);
        }
    }
}
