package org.khokahano.transform.step;

import java.util.List;
import org.khokahano.message.Draft;
import org.khokahano.message.MessagePath;
import org.khokahano.message.Stretch;

/**
 * Takes steps for each repetition of a field: {@code {each: PID-3, do: [...]}}. A repetition that the
 * steps remove is not counted, so that each is met once.
 */
public record EachRepetitionStep(StepPlace place, MessagePath field, List<Step> steps) implements Step {

    public EachRepetitionStep {
        steps = List.copyOf(steps);
    }

    @Override
    public Flow run(MappingRun run) throws StepException {
        Draft draft = run.source();
        int followed = draft.followed();
        try {
            Stretch segment = draft.stretch(field);
            return segment == null ? Flow.ON : over(segment, run);
        } finally {
            draft.release(followed);
        }
    }

    private Flow over(Stretch segment, MappingRun run) throws StepException {
        Draft draft = run.source();
        int left = draft.repetitions(field);
        int number = 1;
        for (; left > 0 && !segment.isEmpty(); left--) {
            int before = draft.repetitions(field);
            draft.enter(segment, field, number);
            try {
                if (run.take(steps) == Flow.END) {
                    return Flow.END;
                }
            } finally {
                draft.leave();
            }
            int after = draft.repetitions(field);
            number += after < before ? 1 - (before - after) : 1;
        }
        return Flow.ON;
    }
}
