package org.khokahano.transform.step;

import java.util.ArrayList;
import java.util.List;
import org.khokahano.expression.ExpressionInput;
import org.khokahano.mapping.UnmappedCode;
import org.khokahano.message.Draft;
import org.khokahano.message.Message;
import org.khokahano.message.MessagePath;
import org.khokahano.message.MessageView;
import org.khokahano.route.Origin;
import org.khokahano.table.CodeTables;

/**
 * One message on its way through a mapping: what steps read, what they write, and how much they may
 * still cost. Where a message is edited in place, both are the same draft. Used by one thread.
 */
public final class MappingRun {
    private final Message received;
    private final Origin origin;
    private final Draft source;
    private final Draft target;
    private final RunState state;

    MappingRun(Message received, Origin origin, Draft source, Draft target, RunState state) {
        this.received = received;
        this.origin = origin;
        this.source = source;
        this.target = target;
        this.state = state;
    }

    /** What steps read: the message as edited so far, or the received one where a new one is built. */
    public Draft source() {
        return source;
    }

    /** What steps write. */
    public Draft target() {
        return target;
    }

    /** The message as it was received. */
    public MessageView received() {
        return received;
    }

    /** Where it was received. */
    public Origin origin() {
        return origin;
    }

    CodeTables tables() {
        return state.tables;
    }

    /** What expressions see of it at this moment. */
    ExpressionInput input() {
        return ExpressionInput.of(source, received, origin, state.tables);
    }

    /** Takes steps one after the other. */
    Flow take(List<Step> steps) throws StepException {
        for (int i = 0; i < steps.size(); i++) {
            if (take(steps.get(i)) == Flow.END) {
                return Flow.END;
            }
        }
        return Flow.ON;
    }

    private Flow take(Step step) throws StepException {
        begin(step);
        try {
            Flow flow = step.run(this);
            state.checkSize(target.length());
            return flow;
        } catch (StepException failure) {
            throw failure.reason().startsWith("mapping ") ? failure : at(step, failure.reason());
        } catch (IllegalArgumentException refused) {
            // The draft says which place cannot be written and why, and no value.
            throw at(step, String.valueOf(refused.getMessage()));
        }
    }

    private static StepException at(Step step, String reason) {
        return new StepException(step.place() + ": " + reason);
    }

    /** Takes the steps of a mapping from one on, split or not, and keeps what came of them. */
    void finish(List<Step> steps, int from, List<Step> last) throws StepException {
        for (int i = from; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (step instanceof SplitStep split) {
                List<Message> parts = parts(split);
                for (int part = 0; part < parts.size(); part++) {
                    goesOnWith(split, part + 1, parts.size());
                    of(Draft.of(parts.get(part))).finish(steps, i + 1, last);
                }
                return;
            }
            if (step instanceof SplittingStep splitting) {
                List<Step> rest = new ArrayList<>(chosen(splitting));
                rest.addAll(steps.subList(i + 1, steps.size()));
                finish(rest, 0, last);
                return;
            }
            if (take(step) == Flow.END) {
                return;
            }
        }
        take(last);
        state.made(edited());
    }

    private Message edited() throws StepException {
        try {
            return target.toMessage();
        } catch (IllegalArgumentException refused) {
            throw new StepException(String.valueOf(refused.getMessage()));
        }
    }

    private void goesOnWith(SplitStep split, int part, int of) {
        MappingTrace trace = state.trace;
        if (trace != null) {
            trace.split(split.place(), part, of);
        }
    }

    /** The run of a part of the message. */
    MappingRun of(Draft part) {
        return new MappingRun(received, origin, part, part, state);
    }

    private List<Message> parts(SplitStep split) throws StepException {
        begin(split);
        try {
            return split.parts(this);
        } catch (StepException failure) {
            throw failure.reason().startsWith("mapping ") ? failure : at(split, failure.reason());
        } catch (IllegalArgumentException refused) {
            throw at(split, String.valueOf(refused.getMessage()));
        }
    }

    private List<Step> chosen(SplittingStep splitting) throws StepException {
        begin(splitting);
        try {
            return splitting.chosen(this);
        } catch (StepException failure) {
            throw at(splitting, failure.reason());
        }
    }

    private void begin(Step step) throws StepException {
        try {
            state.step();
        } catch (StepException failure) {
            throw at(step, failure.reason());
        }
        MappingTrace trace = state.trace;
        if (trace != null) {
            trace.took(step.place());
        }
    }

    /** Tells the trace, where there is one, what a step is about to write. */
    public void writes(Step step, MessagePath path) {
        MappingTrace trace = state.trace;
        if (trace != null) {
            MessagePath place = target.placeOf(path);
            trace.wrote(step.place(), place, () -> target.textAt(place));
        }
    }

    void decided(Step step, boolean fulfilled) {
        MappingTrace trace = state.trace;
        if (trace != null) {
            trace.decided(step.place(), fulfilled);
        }
    }

    /** Takes steps that write to the segment at that position, and read from where the run stands. */
    Flow writingTo(int position, List<Step> steps) throws StepException {
        int followed = target.followed();
        target.focus(target.stretch(position, position + 1));
        try {
            return take(steps);
        } finally {
            target.focus(null);
            target.release(followed);
        }
    }

    void checkSize(Step step, long size) throws StepException {
        try {
            state.checkSize(size);
        } catch (StepException failure) {
            throw at(step, failure.reason());
        }
    }

    /** Nothing goes out of this message. */
    void drop(Step step, String reason) {
        state.dropped.add(step.place() + ": " + reason);
        MappingTrace trace = state.trace;
        if (trace != null) {
            trace.dropped(step.place(), reason);
        }
    }

    void unmapped(UnmappedCode code) {
        state.unmapped(code);
    }
}
