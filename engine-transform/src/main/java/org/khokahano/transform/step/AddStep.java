package org.khokahano.transform.step;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.khokahano.message.MessagePath;

/**
 * Adds a segment and writes its fields: {@code {add: ZXX, fields: {1: x, 2: {from: PID-3}}}}.
 *
 * @param after the segment behind which it goes; null for the end of the message or of what is walked over
 * @param fields the steps that write the fields; what they read is looked for from where the step stands,
 *     what they write is the segment that was added
 */
public record AddStep(
        StepPlace place, String segment, @Nullable MessagePath after, List<Step> fields) implements Step {

    public AddStep {
        fields = List.copyOf(fields);
    }

    @Override
    public Flow run(MappingRun run) throws StepException {
        run.writes(this, MessagePath.of(segment));
        int position =
                after == null ? run.target().append(segment) : run.target().insertAfter(after, segment);
        return run.writingTo(position, fields);
    }
}
