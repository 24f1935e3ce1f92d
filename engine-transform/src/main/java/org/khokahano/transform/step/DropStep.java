package org.khokahano.transform.step;

/** Ends a message's mapping; nothing goes out of it: {@code {drop: true, reason: "..."}}. */
public record DropStep(StepPlace place, String reason) implements Step {

    @Override
    public Flow run(MappingRun run) {
        run.drop(this, reason);
        return Flow.END;
    }
}
