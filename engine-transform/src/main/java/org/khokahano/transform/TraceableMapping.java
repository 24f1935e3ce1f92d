package org.khokahano.transform;

import org.jspecify.annotations.Nullable;
import org.khokahano.mapping.Mapping;
import org.khokahano.mapping.MappingOutcome;
import org.khokahano.message.Message;
import org.khokahano.route.Origin;
import org.khokahano.transform.step.MappingTrace;

/** A mapping that can tell what each of its steps does. */
public sealed interface TraceableMapping extends Mapping permits StepMapping, MappingChain {

    /** As {@link #apply(Message, Origin)}, telling a trace what each step does. */
    MappingOutcome apply(Message message, Origin origin, @Nullable MappingTrace trace);
}
