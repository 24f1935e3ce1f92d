package org.khokahano.conformance.load;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.khokahano.conformance.load.SourceProfile.SourceNode;
import org.khokahano.message.definition.StructureNode;

/**
 * Which part of HL7's structure each part of a profile is. Tools name groups in their own ways, so a group that
 * HL7 has no name of is the one that begins with the same segment.
 */
final class StructureAlignment {
    private final Map<SourceNode, StructureNode> parts = new IdentityHashMap<>();
    private final Map<SourceNode, String> groups = new IdentityHashMap<>();

    /** @param structure null where HL7 has none for the message */
    StructureAlignment(SourceNode root, @Nullable StructureNode structure) {
        if (structure != null) {
            parts.put(root, structure);
            align(root, structure);
        }
    }

    private void align(SourceNode around, StructureNode structure) {
        Set<StructureNode> taken = new HashSet<>();
        List<SourceNode> open = new ArrayList<>();
        for (SourceNode part : around.parts()) {
            StructureNode same = structure.parts().stream()
                    .filter(node ->
                            node.segment() != part.isGroup() && node.name().equals(part.name()))
                    .filter(node -> !isTaken(taken, node, structure, part))
                    .findFirst()
                    .orElse(null);
            if (same == null) {
                open.add(part);
            } else {
                take(part, same, taken);
            }
        }
        for (SourceNode part : open) {
            String first = part.isGroup() && !SourceNodes.segments(part).isEmpty()
                    ? SourceNodes.segments(part).get(0).name()
                    : "";
            structure.parts().stream()
                    .filter(node -> !node.segment() && !taken.contains(node))
                    .filter(node -> !node.segmentNames().isEmpty()
                            && node.segmentNames().get(0).equals(first))
                    .findFirst()
                    .ifPresent(node -> take(part, node, taken));
        }
    }

    /** Equal parts of a structure are one to a set; a segment that HL7 has twice there is the same rule twice. */
    private static boolean isTaken(
            Set<StructureNode> taken, StructureNode node, StructureNode structure, SourceNode part) {
        long equal = structure.parts().stream().filter(node::equals).count();
        return taken.contains(node) && (equal == 1 || part.isGroup());
    }

    private void take(SourceNode part, StructureNode node, Set<StructureNode> taken) {
        taken.add(node);
        parts.put(part, node);
        if (part.isGroup()) {
            groups.put(part, node.name());
            align(part, node);
        }
    }

    /** The part of HL7's structure; null where it has none. */
    @Nullable
    StructureNode of(SourceNode part) {
        return parts.get(part);
    }

    /** HL7's names of groups. */
    Map<SourceNode, String> groups() {
        return groups;
    }

    /** What HL7's structure has in that part and the profile has not. */
    List<StructureNode> missing(SourceNode around) {
        StructureNode structure = parts.get(around);
        Set<StructureNode> named = new HashSet<>();
        around.parts().forEach(part -> {
            StructureNode node = parts.get(part);
            if (node != null) {
                named.add(node);
            }
        });
        return structure == null
                ? List.of()
                : structure.parts().stream()
                        .filter(node -> !named.contains(node))
                        .toList();
    }
}
