package org.khokahano.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.khokahano.engine.RehearsedMessage.Act;
import org.khokahano.engine.RehearsedMessage.Decided;
import org.khokahano.engine.RehearsedMessage.Mapped;
import org.khokahano.engine.RehearsedMessage.Took;
import org.khokahano.engine.RehearsedMessage.Wrote;
import org.khokahano.mapping.Mapping;
import org.khokahano.mapping.MappingOutcome;
import org.khokahano.message.Message;
import org.khokahano.message.MessagePath;
import org.khokahano.route.Origin;
import org.khokahano.transform.TraceableMapping;
import org.khokahano.transform.step.MappingTrace;
import org.khokahano.transform.step.StepPlace;

/** A mapping that tells what it did, each time it is applied. */
record WatchedMapping(TraceableMapping mapping, MappingTrace also, Consumer<Mapped> told) implements Mapping {

    @Override
    public String name() {
        return mapping.name();
    }

    @Override
    public MappingOutcome apply(Message message, Origin origin) {
        Record seen = new Record(also);
        MappingOutcome outcome = mapping.apply(message, origin, seen);
        told.accept(new Mapped(mapping.name(), outcome, seen.acts));
        return outcome;
    }

    /** What one run did. */
    private static final class Record implements MappingTrace {
        private final MappingTrace also;
        private final List<Act> acts = new ArrayList<>();

        Record(MappingTrace also) {
            this.also = also;
        }

        @Override
        public void took(StepPlace step) {
            acts.add(new Took(step));
            also.took(step);
        }

        @Override
        public void wrote(StepPlace step, MessagePath path) {
            acts.add(new Wrote(step, path));
            also.wrote(step, path);
        }

        @Override
        public void decided(StepPlace step, boolean fulfilled) {
            acts.add(new Decided(step, fulfilled));
            also.decided(step, fulfilled);
        }
    }
}
