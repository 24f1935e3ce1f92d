package org.khokahano.transform.step;

import org.khokahano.message.MessagePath;

/** Writes what stands at another place, with its structure: {@code {copy: PID-3, to: PID-2}}. */
public record CopyStep(StepPlace place, MessagePath from, MessagePath to) implements Step {

    @Override
    public Flow run(MappingRun run) {
        run.writes(this, to);
        run.target().copy(run.source(), from, to);
        return Flow.ON;
    }
}
