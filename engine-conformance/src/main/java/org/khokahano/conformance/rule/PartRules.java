package org.khokahano.conformance.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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
    private final @Nullable Rule unexpected;
    private final List<Consumer<SegmentRules>> fields = new ArrayList<>();
    private int least;
    private int most;
    private final @Nullable Rule rule;
    private @Nullable Rule missing;
    private @Nullable Rule tooMany;
    private @Nullable Alternative alternative;

    private PartRules(StructureNode node, @Nullable Rule rule, @Nullable Rule unexpected) {
        this.node = node;
        this.rule = rule;
        this.missing = rule;
        this.tooMany = rule;
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
     * @param rule what is broken where a part is missing, comes too often or in the wrong place; null where
     *     nobody minds
     * @param unexpected what tells of a segment that the structure does not know (R55); null likewise
     */
    public static PartRules of(StructureNode structure, @Nullable Rule rule, @Nullable Rule unexpected) {
        return new PartRules(structure, rule, unexpected);
    }

    /** What counts instead for messages of which the test is true. */
    record Alternative(MessageTest when, int least, int most) {}

    /**
     * Says otherwise how often it may stand there.
     *
     * @param fewer what is broken where it is there too rarely; null where nobody minds
     * @param more what is broken where it is there too often; null likewise
     */
    public void occurs(int atLeast, int atMost, @Nullable Rule fewer, @Nullable Rule more) {
        least = atLeast;
        most = atMost;
        missing = fewer;
        tooMany = more;
        alternative = null;
    }

    /** As {@link #occurs}, for messages of which the test is true; for others it stays as it was said before. */
    public void occursWhen(MessageTest when, int atLeast, int atMost) {
        alternative = new Alternative(when, atLeast, atMost);
    }

    /** Adds rules for the fields of this segment in this place only; they go before all others. */
    public void fields(Consumer<SegmentRules> rules) {
        fields.add(rules);
    }

    /** All segments or groups of that name below this, wherever they stand. */
    public List<PartRules> all(String name) {
        List<PartRules> found = new ArrayList<>();
        for (PartRules part : parts) {
            if (part.node.name().equals(name)) {
                found.add(part);
            }
            found.addAll(part.all(name));
        }
        return found;
    }

    /** Whether anybody minds what stands where, in it or below it. */
    boolean matters() {
        return rule != null
                || missing != null
                || tooMany != null
                || unexpected != null
                || !fields.isEmpty()
                || parts.stream().anyMatch(PartRules::matters);
    }

    List<Consumer<SegmentRules>> fields() {
        return fields;
    }

    @Nullable
    Alternative alternative() {
        return alternative;
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

    public int least() {
        return least;
    }

    public int most() {
        return most;
    }

    /** What is broken where it is there too rarely. */
    public @Nullable Rule missing() {
        return missing;
    }

    /** What is broken where it is there too often. */
    public @Nullable Rule tooMany() {
        return tooMany;
    }

    @Nullable
    Rule rule() {
        return rule;
    }

    @Nullable
    Rule unexpected() {
        return unexpected;
    }
}
