package org.khokahano.transform.step;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.khokahano.mapping.UnmappedCode;
import org.khokahano.message.Message;
import org.khokahano.table.CodeTables;

/** What all parts of one run share: how much it may still cost, and what came of it. Used by one thread. */
final class RunState {
    private static final int MOST_UNMAPPED = 1_000;

    final CodeTables tables;
    final @Nullable MappingTrace trace;
    final List<Message> made = new ArrayList<>(1);
    final List<UnmappedCode> unmapped = new ArrayList<>(0);

    /** Why parts of it, or all, were dropped. */
    final List<String> dropped = new ArrayList<>(0);

    private final RunBudget own;
    private final @Nullable RunBudget whole;

    /**
     * @param own what the mapping may spend
     * @param whole what it may spend together with others, or null
     */
    RunState(RunBudget own, @Nullable RunBudget whole, CodeTables tables, @Nullable MappingTrace trace) {
        this.own = own;
        this.whole = whole;
        this.tables = tables;
        this.trace = trace;
    }

    /** Counts a step. */
    void step() throws StepException {
        own.step();
        if (whole != null) {
            whole.step();
        }
    }

    void checkSize(long draft) throws StepException {
        own.checkSize(draft);
    }

    void made(Message message) throws StepException {
        own.made(message.length());
        if (whole != null) {
            whole.checkTime();
        }
        made.add(message);
    }

    /** The same code at many places is enough once for each, up to a bound. */
    void unmapped(UnmappedCode code) {
        if (unmapped.size() < MOST_UNMAPPED) {
            unmapped.add(code);
        }
    }
}
