package org.khokahano.conformance.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.khokahano.message.Message;
import org.khokahano.message.definition.GroupMatcher;
import org.khokahano.message.definition.GroupOccurrence;
import org.khokahano.message.definition.StructureMatch;
import org.khokahano.message.definition.StructureNode;
import org.khokahano.route.Origin;
import org.khokahano.validation.Findings;
import org.khokahano.validation.Place;

/** Checks that segments and groups are there, not too often, and in their order. */
final class StructureCheck implements MessageCheck {
    private final PartRules root;
    private final Map<StructureNode, PartRules> rules = new IdentityHashMap<>();
    private final Set<String> names;

    StructureCheck(PartRules root) {
        this.root = root;
        this.names = new HashSet<>(root.node().segmentNames());
        collect(root);
    }

    private void collect(PartRules part) {
        rules.put(part.node(), part);
        part.parts().forEach(this::collect);
    }

    @Override
    public void check(Message message, Origin origin, Findings findings) {
        List<String> known = new ArrayList<>();
        List<Integer> occurrences = new ArrayList<>();
        if (!sort(message.segmentNames(), known, occurrences, findings)) {
            return;
        }
        StructureMatch match = GroupMatcher.place(root.node(), known);
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
                int count = ++counts[around][match.partOfParent(i)];
                PartRules part = rulesOf(groups.get(around)).parts().get(match.partOfParent(i));
                if (count == part.most() + 1 && part.node().repeats()) {
                    tooMany(part, group.from(), known, occurrences, findings);
                }
            }
        }
        for (int position = 0; position < known.size(); position++) {
            segment(match, position, counts, known, occurrences, findings);
        }
        for (int i = 0; i < counts.length && findings.mayGoOn(); i++) {
            missing(groups.get(i), counts[i], known, occurrences, findings);
        }
    }

    private PartRules rulesOf(GroupOccurrence group) {
        return rules.getOrDefault(group.group(), root);
    }

    /** Leaves out what the structure does not know: such segments are told of and change nothing (R55). */
    private boolean sort(List<String> all, List<String> known, List<Integer> occurrences, Findings findings) {
        Map<String, Integer> counts = new HashMap<>();
        for (String name : all) {
            if (!findings.mayGoOn()) {
                return false;
            }
            int occurrence = counts.merge(name, 1, Integer::sum);
            if (names.contains(name)) {
                known.add(name);
                occurrences.add(occurrence);
            } else if (name.equals(Message.UNNAMED_SEGMENT)) {
                findings.add(root.unexpected().at(Place.MESSAGE, "a line does not begin with the name of a segment"));
            } else if (!name.startsWith("Z")) {
                findings.add(root.unexpected()
                        .at(
                                Place.ofSegment(name, occurrence),
                                "segment " + name + " is not part of "
                                        + root.node().name()));
            }
        }
        return true;
    }

    private void segment(
            StructureMatch match,
            int position,
            int[][] counts,
            List<String> known,
            List<Integer> occurrences,
            Findings findings) {
        GroupOccurrence group = match.occurrences().get(match.group(position));
        String name = known.get(position);
        Place place = Place.ofSegment(name, occurrences.get(position));
        if (!match.isPlaced(position)) {
            findings.add(rulesOf(group)
                    .rule()
                    .at(
                            place,
                            "segment " + name + " stands where " + root.node().name() + " has no place for it"));
            return;
        }
        int count = ++counts[match.group(position)][match.part(position)];
        PartRules part = rulesOf(group).parts().get(match.part(position));
        if (count == part.most() + 1) {
            tooMany(part, position, known, occurrences, findings);
        }
    }

    private static void tooMany(
            PartRules part, int position, List<String> known, List<Integer> occurrences, Findings findings) {
        Place place = position < known.size()
                ? Place.ofSegment(known.get(position), occurrences.get(position))
                : Place.MESSAGE;
        findings.add(part.rule().at(place, what(part) + " may stand here " + part.most() + " times at most"));
    }

    private void missing(
            GroupOccurrence group, int[] counts, List<String> known, List<Integer> occurrences, Findings findings) {
        List<PartRules> parts = rulesOf(group).parts();
        for (int i = 0; i < counts.length; i++) {
            PartRules part = parts.get(i);
            if (counts[i] < part.least()) {
                boolean whole = group.parent() == null || group.from() >= known.size();
                Place place =
                        whole ? Place.MESSAGE : Place.ofSegment(known.get(group.from()), occurrences.get(group.from()));
                String in =
                        whole ? root.node().name() : "group " + group.group().name() + " that begins here";
                String times = part.least() == 1 ? "" : " " + part.least() + " times";
                findings.add(part.rule().at(place, what(part) + " is required" + times + " in " + in));
            }
        }
    }

    private static String what(PartRules part) {
        return (part.node().segment() ? "segment " : "group ") + part.node().name();
    }
}
