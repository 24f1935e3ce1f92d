package org.khokahano.conformance.rule;

/** One layer of rules: the standard, a profile. Safe for several threads. */
public interface RuleLayer {

    /** What findings call it. */
    String name();

    /** Adds its rules for messages of this kind; a rule under a known name replaces the earlier one. */
    void addTo(RuleTree tree, MessageKind kind);
}
