package org.khokahano.transform.step;

/** One step of a mapping. Immutable, and safe for several runs at once. */
public interface Step {

    /** Where it is written, for failures and traces. */
    StepPlace place();

    /**
     * Does it.
     *
     * @throws StepException where it cannot be done for this message
     * @throws IllegalArgumentException where the message has no room for what is written; the run makes a
     *     failure of it
     */
    Flow run(MappingRun run) throws StepException;
}
