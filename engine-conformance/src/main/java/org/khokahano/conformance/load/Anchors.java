package org.khokahano.conformance.load;

import java.util.List;
import java.util.Map;
import org.khokahano.conformance.load.SourceProfile.SourceElement;
import org.khokahano.conformance.load.SourceProfile.SourceNode;

/**
 * Finds what a rule is to be asked for each of: expressions find segments by their names, so that where a message
 * has a segment at several places and says different things there, the group around has to tell them apart.
 */
final class Anchors {
    private final SourceNode root;
    private final Map<SourceNode, String> groups;

    /** @param groups HL7's names of the groups that HL7's structure has too */
    Anchors(SourceNode root, Map<SourceNode, String> groups) {
        this.root = root;
        this.groups = groups;
    }

    /** For each segment of that place, or each repetition of a field. */
    String each(ElementPlace place) throws NotConvertibleException {
        SourceNode segment = place.segment();
        SourceElement field = place.field();
        List<SourceNode> named = SourceNodes.segments(root).stream()
                .filter(node -> node.name().equals(segment.name()))
                .toList();
        if (named.stream().allMatch(node -> node.isOf(segment.segment()))) {
            return field == null
                    ? segment.name()
                    : segment.name() + '-' + place.numbers().get(0);
        }
        String group = groups.get(place.around());
        boolean first = SourceNodes.segments(place.around()).stream()
                        .filter(node -> node.name().equals(segment.name()))
                        .findFirst()
                        .orElse(segment)
                == segment;
        if (group == null || segment.most() != 1 || !first || field != null && field.most() != 1) {
            throw new NotConvertibleException(
                    "the message has " + segment.name() + " at several places with different rules");
        }
        return group;
    }

    /** For each group; "" for the whole message. */
    String each(SourceNode group) throws NotConvertibleException {
        if (group == root) {
            return "";
        }
        String name = groups.get(group);
        if (name == null) {
            throw new NotConvertibleException("HL7's structure has no group " + group.name() + " there");
        }
        return name;
    }
}
