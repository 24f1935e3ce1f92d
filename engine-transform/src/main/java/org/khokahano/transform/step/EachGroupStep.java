package org.khokahano.transform.step;

import java.util.ArrayList;
import java.util.List;
import org.khokahano.message.Draft;
import org.khokahano.message.Stretch;
import org.khokahano.message.definition.GroupOccurrence;

/** Takes steps for each group of a standard name: {@code {each: ORDER_OBSERVATION, do: [...]}}. */
public record EachGroupStep(StepPlace place, String group, Groups groups, List<Step> steps) implements Step {

    public EachGroupStep {
        steps = List.copyOf(steps);
    }

    @Override
    public Flow run(MappingRun run) throws StepException {
        Draft draft = run.source();
        int followed = draft.followed();
        try {
            List<Stretch> stretches = new ArrayList<>();
            for (GroupOccurrence each : groups.named(draft, group)) {
                stretches.add(draft.stretch(each.from(), each.to()));
            }
            return Walk.over(stretches, steps, run);
        } finally {
            draft.release(followed);
        }
    }
}
