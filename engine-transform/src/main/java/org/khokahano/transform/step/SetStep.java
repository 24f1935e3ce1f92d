package org.khokahano.transform.step;

import org.khokahano.message.MessagePath;

/** Writes a constant: {@code {set: MSH-5, to: NRL-LIS}}. */
public record SetStep(StepPlace place, MessagePath path, String value) implements Step {

    @Override
    public Flow run(MappingRun run) {
        run.writes(this, path);
        run.target().set(path, value);
        return Flow.ON;
    }
}
