package org.khokahano.conformance.rule;

import java.util.List;
import java.util.Optional;
import org.khokahano.message.definition.StructureNode;

/**
 * How often a segment or group of a structure may stand where it does; a tree, which layers refine
 * before it is compiled. Of one thread until then, and then never changed.
 */
public final class PartRules {
    /** No upper bound. */
    public static final int UNBOUNDED = Integer.MAX_VALUE;

    private final StructureNode node;
    private final List<PartRules> parts;
    private final Rule unexpected;
    private int least;
    private int most;
    private Rule rule;

    private PartRules(StructureNode node, Rule rule, Rule unexpected) {
        this.node = node;
        this.rule = rule;
        this.unexpected = unexpected;
        this.least = node.required() ? 1 : 0;
        this.most = node.repeats() ? UNBOUNDED : 1;
        this.parts = node.parts().stream()
                .map(part -> new PartRules(part, rule, unexpected))
                .toList();
    }

    /**
     * The rules that HL7 sets with a structure.
     *
     * @param rule what is broken where a part is missing, comes too often or in the wrong place
     * @param unexpected what tells of a segment that the structure does not know (R55)
     */
    public static PartRules of(StructureNode structure, Rule rule, Rule unexpected) {
        return new PartRules(structure, rule, unexpected);
    }

    /** Says otherwise how often it may stand there, and who says so. */
    public void occurs(int atLeast, int atMost, Rule by) {
        least = atLeast;
        most = atMost;
        rule = by;
    }

    /** The first segment or group of that name below this, the outer before the inner. */
    public Optional<PartRules> find(String name) {
        for (PartRules part : parts) {
            if (part.node.name().equals(name)) {
                return Optional.of(part);
            }
        }
        return parts.stream().flatMap(part -> part.find(name).stream()).findFirst();
    }

    public StructureNode node() {
        return node;
    }

    public List<PartRules> parts() {
        return parts;
    }

    int least() {
        return least;
    }

    int most() {
        return most;
    }

    Rule rule() {
        return rule;
    }

    Rule unexpected() {
        return unexpected;
    }
}
