package org.khokahano.transform.step;

import org.khokahano.message.MessagePath;
import org.khokahano.message.Presence;
import org.khokahano.transform.value.ValueException;
import org.khokahano.transform.value.ValueFunction;

/** Writes a field's value after functions: {@code {set: PID-5.1, from: PID-5.1, as: upper}}. */
public record ConvertValueStep(StepPlace place, MessagePath path, MessagePath from, ValueFunction function)
        implements Step {

    @Override
    public Flow run(MappingRun run) throws StepException {
        String value = run.source().get(from);
        if (!value.isEmpty() && run.source().presence(from) != Presence.DELETED) {
            try {
                value = function.apply(value);
            } catch (ValueException failure) {
                throw new StepException(run.source().placeOf(from) + ": " + failure.getMessage());
            }
        }
        run.writes(this, path);
        run.target().set(path, value);
        return Flow.ON;
    }
}
