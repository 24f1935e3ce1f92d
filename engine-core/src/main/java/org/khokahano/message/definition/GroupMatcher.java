package org.khokahano.message.definition;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the groups of a structure in a row of segment names, without parsing anything else. Tolerant:
 * a segment that the structure does not know, or not there, belongs to the innermost group that is open.
 *
 * <p>Each segment takes the nearest place that comes after the one before it: in the open group, then
 * in a group that begins with it, then in a new repetition of an open group. Places where the segment
 * leads win over those where something before it is missing, since real messages leave out the middle
 * and rarely the beginning. What only stands in the wrong order opens no new repetition of a group: that would
 * part the segments after it from those before.
 */
public final class GroupMatcher {
    /** So far back a group is searched for a segment like the one that stands in the wrong order. */
    private static final int LOOKED_BACK = 200;

    /** How exactly a group has to begin with a segment to be opened by it. */
    private enum Fit {
        LEADS,
        MAY_BEGIN,
        HOLDS;

        boolean of(StructureNode node, String name) {
            return switch (this) {
                case LEADS -> node.leadsWith(name);
                case MAY_BEGIN -> node.mayBeginWith(name);
                case HOLDS -> node.holds(name);
            };
        }
    }

    /** A group that is open, and which of its parts came last. */
    private static final class Open {
        private final StructureNode group;
        private final int from;
        private final @Nullable Open parent;
        private @Nullable GroupOccurrence closed;
        private final int index;
        private final int partOfParent;
        private int part = -1;
        private int to;

        Open(StructureNode group, int from, @Nullable Open parent, int index) {
            this.group = group;
            this.from = from;
            this.parent = parent;
            this.index = index;
            this.partOfParent = parent == null ? -1 : parent.part;
        }
    }

    private final Deque<Open> open = new ArrayDeque<>();
    private final List<Open> all = new ArrayList<>();
    private final List<String> names;
    private final int[] groups;
    private final int[] parts;

    private GroupMatcher(List<String> names) {
        this.names = names;
        groups = new int[names.size()];
        parts = new int[names.size()];
    }

    /** All groups that are there, the outer before the inner, in the order of the segments. */
    public static List<GroupOccurrence> match(StructureNode structure, List<String> segmentNames) {
        return matched(structure, segmentNames).occurrences();
    }

    /** As {@link #match}, with the part that each segment took. */
    public static StructureMatch place(StructureNode structure, List<String> segmentNames) {
        GroupMatcher matcher = matched(structure, segmentNames);
        int[] partsOfParents =
                matcher.all.stream().mapToInt(each -> each.partOfParent).toArray();
        return new StructureMatch(matcher.occurrences(), partsOfParents, matcher.groups, matcher.parts);
    }

    private static GroupMatcher matched(StructureNode structure, List<String> segmentNames) {
        GroupMatcher matcher = new GroupMatcher(segmentNames);
        matcher.push(structure, 0);
        for (int position = 0; position < segmentNames.size(); position++) {
            matcher.take(segmentNames.get(position), position);
        }
        while (!matcher.open.isEmpty()) {
            matcher.pop(segmentNames.size());
        }
        return matcher;
    }

    private void take(String name, int position) {
        for (Fit fit : Fit.values()) {
            if (take(name, position, fit)) {
                return;
            }
        }
        groups[position] = open.getFirst().index;
        parts[position] = StructureMatch.NO_PART;
    }

    private boolean take(String name, int position, Fit fit) {
        int levelsToClose = 0;
        for (Open each : open) {
            int next = forward(each, name, fit);
            if (next >= 0) {
                close(levelsToClose, position);
                enter(each, next, name, position);
                return true;
            }
            boolean again = each.parent != null
                    && each.group.repeats()
                    && fit.of(each.group, name)
                    && (fit != Fit.HOLDS || isAnother(each, name, position));
            if (again) {
                close(levelsToClose + 1, position);
                Open repeated = push(each.group, position);
                enter(repeated, partWith(each.group, 0, name, fit), name, position);
                return true;
            }
            levelsToClose++;
        }
        return false;
    }

    /**
     * Whether a segment that cannot begin the group comes a second time where once is needed, so that it belongs to
     * another of these groups whose beginning is missing.
     */
    private boolean isAnother(Open each, String name, int position) {
        if (!each.group.needs(name)) {
            return false;
        }
        int last = Math.max(each.from, position - LOOKED_BACK);
        for (int before = position - 1; before >= last; before--) {
            if (parts[before] != StructureMatch.NO_PART && names.get(before).equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** The part of the open group, from the last one on, that takes the segment; -1 if none does. */
    private static int forward(Open each, String name, Fit fit) {
        if (each.part >= 0) {
            StructureNode last = each.group.parts().get(each.part);
            if (last.segment() && last.repeats() && last.name().equals(name)) {
                return each.part;
            }
        }
        return partWith(each.group, each.part + 1, name, fit);
    }

    private static int partWith(StructureNode group, int from, String name, Fit fit) {
        for (int part = from; part < group.parts().size(); part++) {
            if (fit.of(group.parts().get(part), name)) {
                return part;
            }
        }
        return -1;
    }

    /** Goes down to the segment, opening each group on the way. */
    private void enter(Open group, int part, String name, int position) {
        Open inner = group;
        inner.part = part;
        StructureNode node = inner.group.parts().get(part);
        while (!node.segment()) {
            inner = push(node, position);
            for (Fit fit : Fit.values()) {
                int below = partWith(node, 0, name, fit);
                if (below >= 0) {
                    inner.part = below;
                    break;
                }
            }
            node = node.parts().get(inner.part);
        }
        groups[position] = inner.index;
        parts[position] = inner.part;
    }

    private Open push(StructureNode group, int position) {
        Open pushed = new Open(group, position, open.peek(), all.size());
        open.push(pushed);
        all.add(pushed);
        return pushed;
    }

    private void close(int levels, int position) {
        for (int i = 0; i < levels; i++) {
            pop(position);
        }
    }

    private void pop(int position) {
        open.pop().to = position;
    }

    private List<GroupOccurrence> occurrences() {
        List<GroupOccurrence> found = new ArrayList<>(all.size());
        for (Open each : all) {
            GroupOccurrence parent = each.parent == null ? null : each.parent.closed;
            GroupOccurrence occurrence = new GroupOccurrence(each.group, each.from, each.to, parent);
            each.closed = occurrence;
            found.add(occurrence);
        }
        return found;
    }
}
