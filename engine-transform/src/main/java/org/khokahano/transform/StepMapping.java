package org.khokahano.transform;

import org.jspecify.annotations.Nullable;
import org.khokahano.mapping.MappingOutcome;
import org.khokahano.message.Message;
import org.khokahano.route.Origin;
import org.khokahano.transform.step.MappingProgram;
import org.khokahano.transform.step.MappingTrace;
import org.khokahano.transform.step.RunBudget;
import org.khokahano.transform.step.RunLimits;

/** A mapping made of steps. */
public final class StepMapping implements TraceableMapping {
    private final MappingProgram program;

    public StepMapping(MappingProgram program) {
        this.program = program;
    }

    @Override
    public String name() {
        return program.name();
    }

    @Override
    public MappingOutcome apply(Message message, Origin origin) {
        return apply(message, origin, null);
    }

    @Override
    public MappingOutcome apply(Message message, Origin origin, @Nullable MappingTrace trace) {
        return program.run(message, origin, trace);
    }

    MappingOutcome apply(Message message, Origin origin, @Nullable MappingTrace trace, RunBudget own, RunBudget whole) {
        return program.run(message, origin, trace, own, whole);
    }

    RunBudget budget() {
        return program.budget();
    }

    RunLimits limits() {
        return program.limits();
    }
}
