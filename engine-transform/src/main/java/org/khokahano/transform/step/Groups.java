package org.khokahano.transform.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.khokahano.message.Draft;
import org.khokahano.message.MessagePath;
import org.khokahano.message.definition.GroupMatcher;
import org.khokahano.message.definition.GroupOccurrence;
import org.khokahano.message.definition.Hl7Definitions;
import org.khokahano.message.definition.StructureNode;

/** The groups of a message by the standard names that its structure gives them. Safe for several threads. */
public final class Groups {
    private static final MessagePath VERSION = MessagePath.parse("MSH-12.1");

    private final Hl7Definitions definitions;

    public Groups(Hl7Definitions definitions) {
        this.definitions = definitions;
    }

    /** The groups of that name within what is walked over. */
    List<GroupOccurrence> named(Draft draft, String group) throws StepException {
        StructureNode structure = structure(draft)
                .orElseThrow(() -> new StepException("there is no structure " + draft.structure() + " in HL7 "
                        + draft.get(VERSION) + ", so it has no groups"));
        if (!structure.groupNames().contains(group)) {
            throw new StepException("the structure " + structure.name() + " has no group " + group);
        }
        List<GroupOccurrence> found = new ArrayList<>();
        for (GroupOccurrence each : GroupMatcher.match(structure, draft.segmentNames())) {
            boolean inside = each.from() >= draft.first() && each.to() <= draft.behind();
            if (inside && each.group().name().equals(group)) {
                found.add(each);
            }
        }
        return found;
    }

    /** The innermost repeating groups around each segment of that name; none where HL7 defines none. */
    List<GroupOccurrence> around(Draft draft, String segment) {
        Optional<StructureNode> structure = structure(draft);
        if (structure.isEmpty()) {
            return List.of();
        }
        List<String> names = draft.segmentNames();
        List<GroupOccurrence> found = new ArrayList<>();
        List<GroupOccurrence> all = GroupMatcher.match(structure.get(), names);
        for (GroupOccurrence each : all) {
            boolean direct = each.group().parts().stream()
                    .anyMatch(part -> part.segment() && part.name().equals(segment));
            if (direct && names.subList(each.from(), each.to()).contains(segment)) {
                GroupOccurrence around = each;
                while (around.parent() != null && !around.group().repeats()) {
                    around = around.parent();
                }
                if (around.parent() != null && !found.contains(around)) {
                    found.add(around);
                }
            }
        }
        return found;
    }

    private Optional<StructureNode> structure(Draft draft) {
        return definitions.structure(draft.structure(), draft.get(VERSION));
    }
}
