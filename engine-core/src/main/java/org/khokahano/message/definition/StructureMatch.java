package org.khokahano.message.definition;

import java.util.List;

/** Where each segment of a message stands in its structure. */
public final class StructureMatch {
    static final int NO_PART = -1;

    private final List<GroupOccurrence> occurrences;
    private final int[] partsOfParents;
    private final int[] groups;
    private final int[] parts;

    /** Takes the arrays as its own. */
    StructureMatch(List<GroupOccurrence> occurrences, int[] partsOfParents, int[] groups, int[] parts) {
        this.occurrences = occurrences;
        this.partsOfParents = partsOfParents;
        this.groups = groups;
        this.parts = parts;
    }

    /** All groups that are there, the outer before the inner; the first is the whole message. */
    public List<GroupOccurrence> occurrences() {
        return occurrences;
    }

    /** Which part of the group around it a group is; -1 of the outermost. */
    public int partOfParent(int occurrence) {
        return partsOfParents[occurrence];
    }

    /** The group that the segment at this position stands in, as an index of {@link #occurrences}. */
    public int group(int position) {
        return groups[position];
    }

    /** Whether the structure has a place for the segment there. */
    public boolean isPlaced(int position) {
        return parts[position] != NO_PART;
    }

    /** Which part of its group the segment is; -1 where there is no place for it. */
    public int part(int position) {
        return parts[position];
    }
}
