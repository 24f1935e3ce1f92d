package org.khokahano.transform.step;

import org.khokahano.message.MessagePath;

/** Adds segments of the message that is read, as they stand: {@code {copy: PID}}. */
public record CopySegmentStep(StepPlace place, MessagePath segment) implements Step {

    @Override
    public Flow run(MappingRun run) {
        run.writes(this, segment);
        run.target().append(run.source(), segment);
        return Flow.ON;
    }
}
