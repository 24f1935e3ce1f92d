package org.khokahano.transform.step;

import org.khokahano.message.MessagePath;

/** Removes segments or repetitions, or empties a field or component: {@code {remove: ZPD[*]}}. */
public record RemoveStep(StepPlace place, MessagePath path) implements Step {

    @Override
    public Flow run(MappingRun run) {
        run.writes(this, path);
        run.target().remove(path);
        return Flow.ON;
    }
}
