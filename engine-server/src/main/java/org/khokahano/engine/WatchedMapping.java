package org.khokahano.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.khokahano.engine.RehearsedMessage.Act;
import org.khokahano.engine.RehearsedMessage.Began;
import org.khokahano.engine.RehearsedMessage.Decided;
import org.khokahano.engine.RehearsedMessage.Gone;
import org.khokahano.engine.RehearsedMessage.Mapped;
import org.khokahano.engine.RehearsedMessage.Split;
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
        seen.read();
        told.accept(new Mapped(mapping.name(), outcome, seen.acts));
        return outcome;
    }

    /** What one run did. */
    private static final class Record implements MappingTrace {
        private final MappingTrace also;
        private final List<Act> acts = new ArrayList<>();

        /** What the step under way writes: what stands there is read when it has ended. */
        private final List<Writing> underWay = new ArrayList<>(3);

        Record(MappingTrace also) {
            this.also = also;
        }

        private record Writing(int act, Supplier<String> text) {}

        /** Puts down what the step wrote that ended now; before a step begins and at the very end. */
        void read() {
            for (Writing writing : underWay) {
                Wrote wrote = (Wrote) acts.get(writing.act());
                acts.set(
                        writing.act(),
                        new Wrote(
                                wrote.step(),
                                wrote.path(),
                                wrote.before(),
                                writing.text().get()));
            }
            underWay.clear();
        }

        @Override
        public void took(StepPlace step) {
            read();
            acts.add(new Took(step));
            also.took(step);
        }

        @Override
        public void wrote(StepPlace step, MessagePath path, Supplier<String> text) {
            boolean segment = path.field() == 0;
            underWay.add(new Writing(acts.size(), segment ? () -> "" : text));
            acts.add(new Wrote(step, path, segment ? "" : text.get(), ""));
            also.wrote(step, path, text);
        }

        @Override
        public void decided(StepPlace step, boolean fulfilled) {
            acts.add(new Decided(step, fulfilled));
            also.decided(step, fulfilled);
        }

        @Override
        public void began(String mapping, int message, int of) {
            read();
            if (of > 1) {
                acts.add(new Began(mapping, message, of));
            }
        }

        @Override
        public void split(StepPlace step, int message, int of) {
            read();
            if (of > 1) {
                acts.add(new Split(step, message, of));
            }
        }

        @Override
        public void dropped(StepPlace step, String reason) {
            acts.add(new Gone(step, reason));
        }
    }
}
