package org.khokahano.conformance.profile;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.khokahano.ack.ErrorCondition;
import org.khokahano.conformance.profile.PlaceCondition.Answer;
import org.khokahano.conformance.rule.MessageTest;
import org.khokahano.conformance.rule.PartRules;
import org.khokahano.conformance.rule.Rule;
import org.khokahano.conformance.rule.RuleTree;
import org.khokahano.message.definition.StructureNode;
import org.khokahano.validation.Place;

/** Adds the rules of one profile to the tree. Of one thread. */
final class ProfileRules {
    private final Profile profile;
    private final RuleTree tree;
    private final ElementCompiler elements;

    ProfileRules(Profile profile, RuleTree tree, ElementCompiler elements) {
        this.profile = profile;
        this.tree = tree;
        this.elements = elements;
    }

    void add() {
        PartRules root = tree.structure();
        profile.segments().forEach((name, segment) -> {
            if (root != null) {
                root.all(name).forEach(part -> occurs(part, segment.usage(), segment.cardinality(), segment.levels()));
            }
            if (root == null || !root.node().holds(name)) {
                inNoStructure(name, "", segment, root == null);
            }
            elements.segment(tree.segment(name), segment);
        });
        if (root != null) {
            groups(root, profile.groups());
        }
        profile.extraSegments().forEach((name, extra) -> {
            tree.expect(name);
            inNoStructure(name, extra.after(), extra.rules(), true);
            elements.segment(tree.segment(name), extra.rules());
        });
        StructureNode structure = root == null ? null : root.node();
        profile.rules().forEach(rule -> between(rule, structure));
    }

    private void groups(PartRules around, Map<String, GroupProfile> groups) {
        groups.forEach((name, group) -> around.parts().stream()
                .filter(part -> !part.node().segment() && part.node().name().equals(name))
                .forEach(part -> {
                    occurs(part, group.usage(), group.cardinality(), group.levels());
                    groups(part, group.groups());
                    group.segments().forEach((segment, rules) -> inGroup(part, segment, rules));
                }));
    }

    private void inGroup(PartRules group, String name, SegmentProfile segment) {
        group.parts().stream()
                .filter(part -> part.node().segment() && part.node().name().equals(name))
                .forEach(part -> {
                    occurs(part, segment.usage(), segment.cardinality(), segment.levels());
                    if (segment.saysOfFields()) {
                        part.fields(rules -> elements.segment(rules, segment));
                    }
                });
    }

    private void occurs(PartRules part, @Nullable UsageRule usage, @Nullable Bounds cardinality, Levels levels) {
        if (usage == null && cardinality == null) {
            return;
        }
        Bounds standard = new Bounds(part.least(), part.node().repeats() ? Bounds.UNBOUNDED : Math.max(1, part.most()));
        Bounds given = cardinality == null ? standard : cardinality;
        String id = usage == null ? "cardinality" : "usage";
        Rule fewer = elements.ruleOrNull(
                id, usage == null ? levels.cardinality() : levels.usage(), ErrorCondition.SEGMENT_SEQUENCE_ERROR);
        boolean never = usage != null && usage.usage() == Usage.X;
        Rule more = cardinality == null && !never
                ? part.tooMany() == null ? fewer : part.tooMany()
                : elements.ruleOrNull(
                        never ? "usage" : "cardinality",
                        never ? levels.usage() : levels.cardinality(),
                        ErrorCondition.SEGMENT_SEQUENCE_ERROR);
        if (usage == null) {
            part.occurs(given.least(), given.most(), fewer, more);
            return;
        }
        PlaceCondition when = usage.when();
        Bounds bounds = (when == null ? usage.usage() : usage.otherwise()).within(given);
        part.occurs(bounds.least(), bounds.most(), fewer, more);
        if (when != null) {
            Bounds other = usage.usage().within(given);
            part.occursWhen(holds(when, fewer), other.least(), other.most());
        }
    }

    private static MessageTest holds(PlaceCondition when, @Nullable Rule rule) {
        return (seen, message, origin, findings) ->
                when.ask(seen, message, origin, findings, rule, Place.MESSAGE) == Answer.TRUE;
    }

    /** Without a structure segments are counted; where one has no place in it, it is not asked for. */
    private void inNoStructure(String name, String after, SegmentProfile segment, boolean asked) {
        String key = "segment " + name + (after.isEmpty() ? "" : " after " + after);
        if (segment.usage() == null && segment.cardinality() == null && after.isEmpty()) {
            return;
        }
        tree.remove(key);
        UsageRule usage = segment.usage();
        Bounds given = segment.cardinality() == null ? new Bounds(0, Bounds.UNBOUNDED) : segment.cardinality();
        if (asked || usage != null && usage.usage() == Usage.X) {
            tree.check(key, new SegmentCount(name, after, usage, given, segment.levels(), elements));
        }
    }

    private void between(CoConstraint rule, @Nullable StructureNode structure) {
        String key = "rule " + rule.id() + " of " + profile.originOf(rule.id());
        Demand demand = rule.demand();
        if (rule.severity() == null || demand == null) {
            tree.remove(key);
            return;
        }
        Rule broken = elements.rule(rule.id(), rule.severity(), ErrorCondition.APPLICATION_ERROR);
        tree.check(key, new CoConstraintCheck(rule, demand, broken, structure));
    }
}
