package org.khokahano.transform.step;

import org.khokahano.message.MessagePath;

/** Copies a place and empties it: {@code {move: PID-19, to: PID-3[2].1}}. */
public record MoveStep(StepPlace place, MessagePath from, MessagePath to) implements Step {

    @Override
    public Flow run(MappingRun run) {
        run.writes(this, to);
        run.target().copy(run.source(), from, to);
        // Of a message that is built, the received one stays as it is.
        if (run.source() == run.target()) {
            run.writes(this, from);
            run.target().remove(from);
        }
        return Flow.ON;
    }
}
