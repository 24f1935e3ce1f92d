package org.khokahano.conformance.profile;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.khokahano.conformance.rule.MessageKind;

/**
 * One profile and those that it extends. Names of profiles are unique.
 *
 * @param parents what it extends, in the order in which they are taken
 * @param segments by their names, for every place of theirs
 * @param groups those that stand in no other group, by their names
 * @param extraSegments segments that HL7's structure does not have, by their names
 */
public record Profile(
        String name,
        Selector selector,
        List<Profile> parents,
        Map<String, SegmentProfile> segments,
        Map<String, GroupProfile> groups,
        List<CoConstraint> rules,
        Map<String, ExtraSegment> extraSegments) {

    public Profile {
        parents = List.copyOf(parents);
        rules = List.copyOf(rules);
    }

    /** Whether it says anything of such messages: as its own selector says, else those that it extends. */
    boolean isFor(MessageKind kind) {
        return selector.takes(kind)
                && (!selector.types().isEmpty()
                        || parents.isEmpty()
                        || parents.stream().anyMatch(parent -> parent.isFor(kind)));
    }

    void collectProfileIds(TreeSet<String> ids) {
        if (!selector.profileId().isEmpty()) {
            ids.add(selector.profileId());
        }
        parents.forEach(parent -> parent.collectProfileIds(ids));
    }

    /**
     * The name of the profile, this one or one that it extends, that first had a rule of that id: rules of
     * profiles that know nothing of each other never replace each other.
     */
    String originOf(String ruleId) {
        return parents.stream()
                .map(parent -> parent.has(ruleId) ? Optional.of(parent.originOf(ruleId)) : Optional.<String>empty())
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(name);
    }

    /** The rule of that id, its own or else the nearest one of what it extends, the later before the earlier. */
    public Optional<CoConstraint> rule(String ruleId) {
        for (CoConstraint rule : rules) {
            if (rule.id().equals(ruleId)) {
                return Optional.of(rule);
            }
        }
        for (int i = parents.size() - 1; i >= 0; i--) {
            Optional<CoConstraint> inherited = parents.get(i).rule(ruleId);
            if (inherited.isPresent()) {
                return inherited;
            }
        }
        return Optional.empty();
    }

    private boolean has(String ruleId) {
        return rule(ruleId).isPresent();
    }
}
