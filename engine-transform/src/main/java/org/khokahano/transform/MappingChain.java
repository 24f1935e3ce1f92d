package org.khokahano.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.khokahano.mapping.Mapping;
import org.khokahano.mapping.MappingOutcome;
import org.khokahano.mapping.MappingOutcome.Dropped;
import org.khokahano.mapping.MappingOutcome.Failed;
import org.khokahano.mapping.MappingOutcome.Mapped;
import org.khokahano.mapping.MappingOutcome.Unmapped;
import org.khokahano.mapping.UnmappedCode;
import org.khokahano.message.Message;
import org.khokahano.route.Origin;
import org.khokahano.transform.step.MappingTrace;
import org.khokahano.transform.step.RunBudget;
import org.khokahano.transform.step.RunLimits;

/**
 * Several mappings in a row: what comes of one goes into the next. The limits of a mapping count for all
 * messages that it gets, and the most generous limits of steps and time for the whole row.
 */
public final class MappingChain implements TraceableMapping {
    private static final int MOST_MESSAGES = 10_000;

    private final List<StepMapping> mappings;
    private final RunLimits together;

    /** @param mappings at least one */
    public MappingChain(List<StepMapping> mappings) {
        this.mappings = List.copyOf(mappings);
        this.together = mappings.stream()
                .map(StepMapping::limits)
                .reduce((one, other) -> new RunLimits(
                        Math.max(one.steps(), other.steps()),
                        one.time().compareTo(other.time()) > 0 ? one.time() : other.time(),
                        Math.max(one.size(), other.size())))
                .orElseThrow();
    }

    @Override
    public String name() {
        return mappings.stream().map(Mapping::name).collect(Collectors.joining(", "));
    }

    @Override
    public MappingOutcome apply(Message message, Origin origin) {
        return apply(message, origin, null);
    }

    @Override
    public MappingOutcome apply(Message message, Origin origin, @Nullable MappingTrace trace) {
        List<Message> messages = List.of(message);
        List<UnmappedCode> unmapped = new ArrayList<>(0);
        List<String> dropped = new ArrayList<>(0);
        RunBudget whole = new RunBudget("the row of " + mappings.size() + " mappings", together);
        for (StepMapping mapping : mappings) {
            List<Message> made = new ArrayList<>();
            RunBudget own = mapping.budget();
            for (int number = 1; number <= messages.size(); number++) {
                if (trace != null) {
                    trace.began(mapping.name(), number, messages.size());
                }
                MappingOutcome outcome = mapping.apply(messages.get(number - 1), origin, trace, own, whole);
                dropped.addAll(outcome.drops());
                if (outcome instanceof Failed) {
                    return outcome;
                }
                if (outcome instanceof Unmapped missing) {
                    unmapped.addAll(missing.codes());
                } else if (outcome instanceof Mapped mapped) {
                    made.addAll(mapped.messages());
                }
            }
            // What a later mapping would make of a message with codes missing is not what it should be.
            if (!unmapped.isEmpty()) {
                return Unmapped.of(unmapped);
            }
            if (made.size() > MOST_MESSAGES) {
                return new Failed("mapping " + mapping.name() + " makes more than " + MOST_MESSAGES + " messages");
            }
            messages = made;
        }
        return messages.isEmpty() ? new Dropped(dropped) : new Mapped(messages, dropped);
    }
}
