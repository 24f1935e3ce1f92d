package org.khokahano.conformance.load;

import java.util.ArrayList;
import java.util.List;
import org.khokahano.conformance.load.SourceProfile.SourceNode;

/** Walks over the parts of a message profile. */
final class SourceNodes {
    private SourceNodes() {}

    /** All segments in a group, in their order. */
    static List<SourceNode> segments(SourceNode group) {
        List<SourceNode> segments = new ArrayList<>();
        for (SourceNode part : group.parts()) {
            if (part.isGroup()) {
                segments.addAll(segments(part));
            } else {
                segments.add(part);
            }
        }
        return segments;
    }

    /** All groups in a group, the outer before the inner; itself not. */
    static List<SourceNode> groups(SourceNode group) {
        List<SourceNode> groups = new ArrayList<>();
        for (SourceNode part : group.parts()) {
            if (part.isGroup()) {
                groups.add(part);
                groups.addAll(groups(part));
            }
        }
        return groups;
    }
}
