package org.khokahano.message.definition;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of a message structure: a segment, or a group of parts.
 *
 * @param name the segment's name, or the group's as in {@code ORDER_OBSERVATION}; the structure's of the
 *     outermost group
 * @param segment whether it is a segment
 * @param required whether it must be there
 * @param repeats whether there may be several
 * @param parts the parts of a group; none of a segment
 */
public record StructureNode(
        String name, boolean segment, boolean required, boolean repeats, List<StructureNode> parts) {

    public StructureNode {
        parts = List.copyOf(parts);
    }

    /** Whether a segment of that name stands anywhere in it. */
    public boolean holds(String segmentName) {
        if (segment) {
            return name.equals(segmentName);
        }
        for (StructureNode part : parts) {
            if (part.holds(segmentName)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a segment of that name stands anywhere in it that its own group cannot do without. */
    boolean needs(String segmentName) {
        if (segment) {
            return required && name.equals(segmentName);
        }
        for (StructureNode part : parts) {
            if (part.needs(segmentName)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it may begin with that segment: everything before it is optional. */
    boolean mayBeginWith(String segmentName) {
        if (segment) {
            return name.equals(segmentName);
        }
        for (StructureNode part : parts) {
            if (part.mayBeginWith(segmentName)) {
                return true;
            }
            if (part.required()) {
                return false;
            }
        }
        return false;
    }

    /** Whether that segment is the very first of it. */
    boolean leadsWith(String segmentName) {
        return segment
                ? name.equals(segmentName)
                : !parts.isEmpty() && parts.get(0).leadsWith(segmentName);
    }

    /** The names of all groups in it, the outer before the inner; its own not. */
    public List<String> groupNames() {
        List<String> names = new ArrayList<>();
        for (StructureNode part : parts) {
            if (!part.segment()) {
                names.add(part.name());
                names.addAll(part.groupNames());
            }
        }
        return names;
    }

    /** The names of all segments in it, in their order. */
    public List<String> segmentNames() {
        List<String> names = new ArrayList<>();
        for (StructureNode part : parts) {
            names.addAll(part.segment() ? List.of(part.name()) : part.segmentNames());
        }
        return names;
    }
}
