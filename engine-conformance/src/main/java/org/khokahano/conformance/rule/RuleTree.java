package org.khokahano.conformance.rule;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.khokahano.message.MessageBytes;

/** The rules for one kind of message while layers are merged. Of one thread. */
public final class RuleTree {
    private final Map<String, SegmentRules> segments = new TreeMap<>();
    private final Map<String, MessageCheck> checks = new LinkedHashMap<>();
    private @Nullable PartRules structure;

    /** The rules of segments of that name, made where there are none yet. */
    public SegmentRules segment(String name) {
        return segments.computeIfAbsent(name, SegmentRules::new);
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
        Map<Integer, CompiledSegment> compiled = new LinkedHashMap<>();
        segments.forEach((name, rules) -> compiled.put(MessageBytes.codeOf(name), rules.compile()));
        MessageCheck[] all = checks.values().toArray(MessageCheck[]::new);
        return new CompiledRules(structure == null ? null : new StructureCheck(structure), all, compiled);
    }
}
