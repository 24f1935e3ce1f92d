package org.khokahano.conformance.load;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.khokahano.conformance.load.SourceProfile.SourceNode;
import org.khokahano.conformance.load.SourceProfile.SourceSegment;

/**
 * Paths within a group or the whole message. An expression finds segments by their names, so that only those can
 * be meant that no other of the name stands before, or beside where each is meant.
 */
record GroupScope(SourceNode group) implements Scope {

    @Override
    public Target resolve(String path) throws NotConvertibleException {
        List<Step> steps = Step.all(path);
        SourceNode node = group;
        boolean each = false;
        int at = 0;
        while (at < steps.size() && node.isGroup()) {
            Step step = steps.get(at++);
            if (step.position() > node.parts().size()) {
                throw new NotConvertibleException("'" + path + "' leads to no part of the group");
            }
            node = node.parts().get(step.position() - 1);
            if (step.instance() > 1) {
                throw new NotConvertibleException("it is about one of several segments or groups by its number");
            }
            each |= step.isEach() && node.repeats();
        }
        SourceSegment segment = node.segment();
        if (segment == null) {
            SourceNode first = leading(node);
            if (first == null) {
                throw new NotConvertibleException("'" + path + "' leads to a group that need not begin with a segment");
            }
            node = first;
            segment = first.segment();
        }
        if (segment == null || !isFound(node, each)) {
            throw new NotConvertibleException(
                    "another " + node.name() + " stands in the group, and expressions find segments by name");
        }
        return target(segment, steps.subList(at, steps.size()), each);
    }

    private static Target target(SourceSegment segment, List<Step> inside, boolean each)
            throws NotConvertibleException {
        if (inside.isEmpty()) {
            List<String> leaves = IntStream.rangeClosed(1, segment.fields().size())
                    .filter(number ->
                            segment.fields().get(number - 1).usage().written().equals("R"))
                    .mapToObj(number -> segment.name() + '-' + number)
                    .toList();
            if (leaves.isEmpty()) {
                throw new NotConvertibleException("no field of " + segment.name() + " is required, by which it shows");
            }
            return new Target(leaves.get(0), each, leaves, "", false);
        }
        Target target = ElementScope.of(segment).resolve(inside);
        return each ? new Target(target.path(), true, target.leaves(), target.type(), target.composite()) : target;
    }

    private static @Nullable SourceNode leading(SourceNode node) {
        if (!node.isGroup()) {
            return node;
        }
        for (SourceNode part : node.parts()) {
            if (part.usage().written().equals("R")) {
                return leading(part);
            }
        }
        return null;
    }

    /** Whether an expression that is asked in this group finds that segment by its name. */
    private boolean isFound(SourceNode wanted, boolean each) {
        List<SourceNode> named = SourceNodes.segments(group).stream()
                .filter(node -> node.name().equals(wanted.name()))
                .toList();
        return each ? named.size() == 1 : named.get(0) == wanted;
    }
}
