package org.khokahano.conformance.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.khokahano.message.Message;
import org.khokahano.message.MessageBytes;
import org.khokahano.message.MessageView;
import org.khokahano.message.definition.GroupMatcher;
import org.khokahano.message.definition.GroupOccurrence;
import org.khokahano.message.definition.StructureMatch;
import org.khokahano.route.Origin;
import org.khokahano.validation.Counted;
import org.khokahano.validation.Findings;
import org.khokahano.validation.Place;

/** The check of one message's structure. */
final class StructureWalk {
    private final StructureCheck rules;
    private final Message message;
    private final Origin origin;
    private final Findings findings;

    /** The segments that the structure knows: their names, which of their name, and where they stand. */
    private final List<String> known = new ArrayList<>();

    private final List<Integer> occurrences = new ArrayList<>();
    private final List<Integer> positions = new ArrayList<>();

    /** Which alternatives count in each group of this message, each asked once. */
    private final Map<GroupOccurrence, Map<PartRules, Boolean>> alternatives = new IdentityHashMap<>();

    StructureWalk(StructureCheck rules, Message message, Origin origin, Findings findings) {
        this.rules = rules;
        this.message = message;
        this.origin = origin;
        this.findings = findings;
    }

    @Nullable
    CompiledSegment @Nullable [] check() {
        if (!sort(message.segmentNames())) {
            return null;
        }
        StructureMatch match = GroupMatcher.place(rules.root().node(), known);
        List<GroupOccurrence> groups = match.occurrences();
        int[][] counts = new int[groups.size()][];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new int[groups.get(i).group().parts().size()];
        }
        Map<GroupOccurrence, Integer> indexes = new IdentityHashMap<>();
        for (int i = 0; i < counts.length; i++) {
            GroupOccurrence group = groups.get(i);
            indexes.put(group, i);
            Integer around = group.parent() == null ? null : indexes.get(group.parent());
            if (around != null) {
                GroupOccurrence parent = groups.get(around);
                PartRules part = part(parent, match.partOfParent(i));
                count(parent, part, ++counts[around][match.partOfParent(i)], group.from());
            }
        }
        @Nullable CompiledSegment[] fields = rules.hasFields() ? new CompiledSegment[message.segmentCount()] : null;
        for (int index = 0; index < known.size(); index++) {
            segment(match, index, counts, fields);
        }
        for (int i = 0; i < counts.length && findings.mayGoOn(); i++) {
            missing(groups.get(i), counts[i]);
        }
        return fields;
    }

    private PartRules part(GroupOccurrence group, int part) {
        return rules.of(group.group()).parts().get(part);
    }

    /** Leaves out what the structure does not know: such segments are told of and change nothing (R55). */
    private boolean sort(List<String> all) {
        Map<String, Integer> counts = new HashMap<>();
        for (int position = 0; position < all.size(); position++) {
            if (!findings.mayGoOn()) {
                return false;
            }
            String name = all.get(position);
            int occurrence = counts.merge(name, 1, Integer::sum);
            if (rules.isKnown(name)) {
                known.add(name);
                occurrences.add(occurrence);
                positions.add(position);
            } else if (name.equals(Message.UNNAMED_SEGMENT)) {
                unexpected(Place.MESSAGE, "a line does not begin with the name of a segment");
            } else if (!rules.isExpected(name)) {
                Place place = Place.ofSegment(name, occurrence);
                unexpected(
                        place,
                        "segment " + name + " is not part of "
                                + rules.root().node().name());
            }
        }
        return true;
    }

    private void unexpected(Place place, String sentence) {
        Rule rule = rules.root().unexpected();
        if (rule != null) {
            findings.add(rule.at(place, sentence));
        }
    }

    private void segment(
            StructureMatch match, int index, int[][] counts, @Nullable CompiledSegment @Nullable [] fields) {
        GroupOccurrence group = match.occurrences().get(match.group(index));
        if (!match.isPlaced(index)) {
            Rule rule = rules.of(group.group()).rule();
            if (rule != null) {
                String sentence = "segment " + known.get(index) + " stands where "
                        + rules.root().node().name() + " has no place for it";
                findings.add(rule.at(place(index), sentence));
            }
            return;
        }
        PartRules part = part(group, match.part(index));
        count(group, part, ++counts[match.group(index)][match.part(index)], index);
        if (fields != null) {
            fields[positions.get(index)] = rules.fields(part);
        }
    }

    /** Tells of the first that is too many. */
    private void count(GroupOccurrence group, PartRules part, int count, int index) {
        Rule rule = part.tooMany();
        int most = most(group, part);
        // A group that opens again where it may not does so for a segment, which is told of itself.
        boolean told = part.node().segment() || part.node().repeats() || most == 0;
        if (rule == null || count != most + 1 || !told) {
            return;
        }
        String sentence = most == 0
                ? what(part) + " must not stand here"
                : what(part) + " may stand here " + Counted.times(most) + " at most";
        findings.add(rule.at(index < known.size() ? place(index) : Place.MESSAGE, sentence));
    }

    private void missing(GroupOccurrence group, int[] counts) {
        for (int i = 0; i < counts.length; i++) {
            PartRules part = part(group, i);
            Rule rule = part.missing();
            int least = least(group, part);
            if (rule == null || counts[i] >= least) {
                continue;
            }
            boolean whole = group.parent() == null || group.from() >= known.size();
            Place place = whole ? Place.MESSAGE : place(group.from());
            String in = whole
                    ? rules.root().node().name()
                    : "group " + group.group().name() + " that begins here";
            String times = least == 1 ? "" : " " + Counted.times(least);
            findings.add(rule.at(place, what(part) + " is required" + times + " in " + in));
        }
    }

    private int least(GroupOccurrence group, PartRules part) {
        PartRules.Alternative other = part.alternative();
        return other != null && holds(group, part, other) ? other.least() : part.least();
    }

    private int most(GroupOccurrence group, PartRules part) {
        PartRules.Alternative other = part.alternative();
        return other != null && holds(group, part, other) ? other.most() : part.most();
    }

    /** Asked from the group that the part belongs to: what the first of its kind says is not true of all. */
    private boolean holds(GroupOccurrence group, PartRules part, PartRules.Alternative other) {
        return alternatives
                .computeIfAbsent(group, asked -> new IdentityHashMap<>())
                .computeIfAbsent(part, asked -> other.when().test(seenFrom(group), message, origin, findings));
    }

    private MessageView seenFrom(GroupOccurrence group) {
        if (group.parent() == null || group.from() >= group.to()) {
            return message;
        }
        int end = positions.get(group.to() - 1) + 1;
        return new PlaceView(message, MessageBytes.of(message), positions.get(group.from()), end);
    }

    private Place place(int index) {
        return Place.ofSegment(known.get(index), occurrences.get(index));
    }

    private static String what(PartRules part) {
        return (part.node().segment() ? "segment " : "group ") + part.node().name();
    }
}
