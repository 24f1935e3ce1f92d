package org.khokahano.conformance.rule;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.khokahano.message.Message;
import org.khokahano.message.definition.StructureNode;
import org.khokahano.route.Origin;
import org.khokahano.validation.Findings;

/** Checks that segments and groups are there, not too often, and in their order. Safe for several threads. */
final class StructureCheck {
    private final PartRules root;
    private final Map<StructureNode, PartRules> rules = new IdentityHashMap<>();
    private final Map<PartRules, CompiledSegment> fields = new IdentityHashMap<>();
    private final Set<String> names;
    private final Set<String> expected;

    /**
     * @param expected segments that are no surprise, though the structure does not have them
     * @param compile the rules of a segment in its place; null where it has none of its own
     */
    StructureCheck(PartRules root, Set<String> expected, Function<PartRules, @Nullable CompiledSegment> compile) {
        this.root = root;
        this.names = new HashSet<>(root.node().segmentNames());
        this.expected = expected;
        collect(root, compile);
    }

    private void collect(PartRules part, Function<PartRules, @Nullable CompiledSegment> compile) {
        rules.put(part.node(), part);
        CompiledSegment own = compile.apply(part);
        if (own != null) {
            fields.put(part, own);
        }
        part.parts().forEach(below -> collect(below, compile));
    }

    /** Adds what is wrong; answers the rules of segments whose place has its own, or null where none has. */
    @Nullable
    CompiledSegment @Nullable [] check(Message message, Origin origin, Findings findings) {
        return new StructureWalk(this, message, origin, findings).check();
    }

    PartRules root() {
        return root;
    }

    PartRules of(StructureNode group) {
        return rules.getOrDefault(group, root);
    }

    /** Whether places have rules of their own for the fields of their segments. */
    boolean hasFields() {
        return !fields.isEmpty();
    }

    @Nullable
    CompiledSegment fields(PartRules part) {
        return fields.get(part);
    }

    boolean isKnown(String segment) {
        return names.contains(segment);
    }

    boolean isExpected(String segment) {
        return segment.startsWith("Z") || expected.contains(segment);
    }
}
