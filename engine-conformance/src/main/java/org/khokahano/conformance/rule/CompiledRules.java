package org.khokahano.conformance.rule;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.khokahano.message.Message;
import org.khokahano.route.Origin;
import org.khokahano.validation.Findings;

/** The merged rules for one kind of message. Immutable. */
final class CompiledRules {
    private final @Nullable StructureCheck structure;
    private final MessageCheck[] checks;
    private final Map<Integer, CompiledSegment> segments;
    private final int places;

    /** @param places how many places with different rules there are */
    CompiledRules(
            @Nullable StructureCheck structure,
            MessageCheck[] checks,
            Map<Integer, CompiledSegment> segments,
            int places) {
        this.structure = structure;
        this.checks = checks;
        this.segments = Map.copyOf(segments);
        this.places = places
                + segments.values().stream()
                        .mapToInt(each -> each.fields().length)
                        .sum();
    }

    /** How much memory it takes: some hundred bytes for each. */
    int places() {
        return places;
    }

    /** Structure first: what is wrong there explains what is found in the fields. */
    void check(Message message, Origin origin, Findings findings) {
        CompiledSegment[] placed = structure == null ? null : structure.check(message, origin, findings);
        new SegmentWalk(message, origin, findings).over(segments, placed);
        for (MessageCheck check : checks) {
            if (!findings.mayGoOn()) {
                return;
            }
            check.check(message, origin, findings);
        }
    }
}
