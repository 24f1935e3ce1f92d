package org.khokahano.conformance.rule;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.khokahano.message.MessageBytes;

/** The rules for one kind of message while layers are merged. Of one thread. */
public final class RuleTree {
    private final Map<String, SegmentRules> segments = new TreeMap<>();
    private final Map<String, MessageCheck> checks = new LinkedHashMap<>();
    private final Set<String> expected = new HashSet<>();
    private @Nullable PartRules structure;

    /** The rules of segments of that name, made where there are none yet. */
    public SegmentRules segment(String name) {
        return segments.computeIfAbsent(name, SegmentRules::new);
    }

    /** Says that segments of that name are no surprise, though the structure does not have them. */
    public void expect(String segment) {
        expected.add(segment);
    }

    /** Takes a check of the whole message away that an earlier layer set. */
    public void remove(String id) {
        checks.remove(id);
    }

    /** Sets a check of the whole message. */
    public void check(String id, MessageCheck check) {
        checks.put(id, check);
    }

    /** Sets which segments and groups a message is made of. */
    public void structure(PartRules rules) {
        structure = rules;
    }

    /** What a layer before set, for later ones to refine; null where none is known. */
    public @Nullable PartRules structure() {
        return structure;
    }

    CompiledRules compile() {
        CompiledElements places = new CompiledElements();
        Map<Integer, CompiledSegment> compiled = new LinkedHashMap<>();
        segments.forEach((name, rules) -> compiled.put(MessageBytes.codeOf(name), rules.compile(places)));
        MessageCheck[] all = checks.values().toArray(MessageCheck[]::new);
        PartRules parts = structure;
        StructureCheck check = parts == null || !parts.matters()
                ? null
                : new StructureCheck(parts, Set.copyOf(expected), part -> compiled(part, places));
        return new CompiledRules(check, all, compiled, places.count());
    }

    /** The rules of a segment in one place of the structure; null where they are those of all places. */
    private @Nullable CompiledSegment compiled(PartRules part, CompiledElements places) {
        if (part.fields().isEmpty()) {
            return null;
        }
        SegmentRules rules = segment(part.node().name()).copy();
        part.fields().forEach(more -> more.accept(rules));
        return rules.compile(places);
    }
}
