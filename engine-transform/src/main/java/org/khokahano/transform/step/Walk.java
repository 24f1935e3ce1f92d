package org.khokahano.transform.step;

import java.util.List;
import org.khokahano.message.Draft;
import org.khokahano.message.Stretch;

/** Steps taken for each of several stretches of a message. */
final class Walk {
    private Walk() {}

    static Flow over(List<Stretch> stretches, List<Step> steps, MappingRun run) throws StepException {
        Draft draft = run.source();
        for (Stretch stretch : stretches) {
            if (stretch.isEmpty()) {
                continue;
            }
            draft.enter(stretch);
            try {
                if (run.take(steps) == Flow.END) {
                    return Flow.END;
                }
            } finally {
                draft.leave();
            }
        }
        return Flow.ON;
    }
}
