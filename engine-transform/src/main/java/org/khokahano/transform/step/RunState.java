package org.khokahano.transform.step;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.khokahano.mapping.UnmappedCode;
import org.khokahano.message.Message;
import org.khokahano.table.CodeTables;

/** What all parts of one run share: how much it may still cost, and what came of it. Used by one thread. */
final class RunState {
    private static final int CLOCK_EVERY = 16;
    private static final int MOST_UNMAPPED = 1_000;

    final RunLimits limits;
    final CodeTables tables;
    final @Nullable MappingTrace trace;
    final List<Message> made = new ArrayList<>(1);
    final List<UnmappedCode> unmapped = new ArrayList<>(0);

    /** Why parts of it, or all, were dropped. */
    final List<String> dropped = new ArrayList<>(0);

    private final long beganNanos = System.nanoTime();
    private int steps;
    private long size;

    RunState(RunLimits limits, CodeTables tables, @Nullable MappingTrace trace) {
        this.limits = limits;
        this.tables = tables;
        this.trace = trace;
    }

    /** Counts a step. */
    void step() throws StepException {
        if (++steps > limits.steps()) {
            throw new StepException("it takes more than " + limits.steps() + " steps");
        }
        if (steps % CLOCK_EVERY == 0) {
            checkTime();
        }
    }

    private void checkTime() throws StepException {
        if (System.nanoTime() - beganNanos > limits.time().toNanos()) {
            throw new StepException("it takes longer than " + limits.time().toMillis() + " ms");
        }
    }

    void checkSize(long draft) throws StepException {
        if (size + draft > limits.size()) {
            throw new StepException("what comes of it is larger than " + limits.size() + " bytes");
        }
    }

    void made(Message message) throws StepException {
        checkSize(message.length());
        checkTime();
        size += message.length();
        made.add(message);
    }

    /** The same code at many places is enough once for each, up to a bound. */
    void unmapped(UnmappedCode code) {
        if (unmapped.size() < MOST_UNMAPPED) {
            unmapped.add(code);
        }
    }
}
