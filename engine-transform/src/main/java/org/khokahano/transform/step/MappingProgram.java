package org.khokahano.transform.step;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.khokahano.mapping.MappingOutcome;
import org.khokahano.mapping.MappingOutcome.Dropped;
import org.khokahano.mapping.MappingOutcome.Failed;
import org.khokahano.mapping.MappingOutcome.Mapped;
import org.khokahano.mapping.MappingOutcome.Unmapped;
import org.khokahano.message.Draft;
import org.khokahano.message.Message;
import org.khokahano.message.MessagePath;
import org.khokahano.route.Origin;
import org.khokahano.table.CodeTables;

/**
 * A mapping as it runs: its steps, and what begins and ends them.
 *
 * @param startsEmpty whether a new message is built, rather than the received one edited
 * @param tables the code tables of the moment; one message sees one state of them
 * @param steps in their order
 * @param last what is written at the very end of each message: MSH-9 and MSH-12, where the mapping makes
 *     another type
 * @param tables the code tables that expressions may use
 */
public record MappingProgram(
        String name, boolean startsEmpty, RunLimits limits, CodeTables tables, List<Step> steps, List<Step> last) {

    /** What a new message takes over: its time, its id, its kind of processing, and how it is written. */
    private static final Set<Integer> KEPT = Set.of(7, 10, 11, 12, 18);

    /** MSH has 28 fields in 2.9; some sites add more. */
    private static final int LAST_OF_MSH = 40;

    public MappingProgram {
        steps = List.copyOf(steps);
        last = List.copyOf(last);
    }

    /** Maps a message; every failure that a message can cause is an outcome. */
    public MappingOutcome run(Message message, Origin origin, @Nullable MappingTrace trace) {
        return run(message, origin, trace, budget(), null);
    }

    /** What all messages that it gets in a row may spend together. */
    public RunBudget budget() {
        return new RunBudget("it", limits);
    }

    /**
     * As the other, within budgets that more than this message is paid of.
     *
     * @param own this mapping's
     * @param whole what it shares with other mappings, or null
     */
    public MappingOutcome run(
            Message message, Origin origin, @Nullable MappingTrace trace, RunBudget own, @Nullable RunBudget whole) {
        RunState state = new RunState(own, whole, tables, trace);
        Draft source = Draft.of(message);
        Draft target = startsEmpty ? beginning(source) : source;
        try {
            new MappingRun(message, origin, source, target, state).finish(steps, 0, last);
        } catch (StepException failure) {
            return new Failed(failure.reason());
        } catch (OutOfMemoryError | StackOverflowError tooMuch) {
            return new Failed("mapping " + name + ": it takes more memory than there is");
        } catch (RuntimeException bug) {
            // The sender waits for an answer; its message is kept, and held with what is known.
            return new Failed(
                    "mapping " + name + ": it failed with " + bug.getClass().getName());
        }
        if (!state.unmapped.isEmpty()) {
            return Unmapped.of(state.unmapped);
        }
        if (!state.made.isEmpty()) {
            return new Mapped(state.made, state.dropped);
        }
        return state.dropped.isEmpty()
                ? new Dropped("mapping " + name + ": nothing came of it")
                : new Dropped(state.dropped);
    }

    private static Draft beginning(Draft source) {
        Draft target = Draft.building(source.toMessage(new boolean[source.segmentCount()]));
        byte[] nothing = {};
        for (int field = LAST_OF_MSH; field > 2; field--) {
            if (!KEPT.contains(field)) {
                target.setRaw(MessagePath.of("MSH-" + field), nothing);
            }
        }
        return target;
    }
}
