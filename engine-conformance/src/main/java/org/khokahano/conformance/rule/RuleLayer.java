package org.khokahano.conformance.rule;

import java.util.Set;

/** One layer of rules: the standard, a profile. Safe for several threads. */
public interface RuleLayer {

    /** What findings call it. */
    String name();

    /** The profile ids in MSH-21 that make a difference to its rules. */
    default Set<String> profileIds() {
        return Set.of();
    }

    /** What of the kind its rules depend on: kinds of which every layer says the same have the same rules. */
    Object dependsOn(MessageKind kind);

    /** Adds its rules for messages of this kind; a rule under a known name replaces the earlier one. */
    void addTo(RuleTree tree, MessageKind kind);
}
