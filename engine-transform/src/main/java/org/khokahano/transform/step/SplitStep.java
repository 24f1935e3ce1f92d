package org.khokahano.transform.step;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.khokahano.expression.FailedExpressionException;
import org.khokahano.expression.ValueExpression;
import org.khokahano.message.Draft;
import org.khokahano.message.Message;
import org.khokahano.message.MessagePath;
import org.khokahano.message.definition.GroupOccurrence;

/**
 * Makes one message of each group, or of each segment with what follows it: {@code {split: OBR}}. Every
 * message has what stands outside of the groups, such as MSH and PID, and where groups of several
 * patients are split, the segments of its own patient only. The steps after this one are taken for each
 * message.
 *
 * <p>A segment means the innermost repeating group that it stands in, so that {@code ORC} goes with its
 * {@code OBR}; where HL7 defines none, the segment and all up to the next of its name.
 *
 * @param group a group's name, or a segment's
 * @param expression what MSH-10 of each message is, for {@link ControlId#EXPRESSION}
 */
public record SplitStep(
        StepPlace place,
        String group,
        boolean ofSegment,
        ControlId controlId,
        Optional<ValueExpression> expression,
        Groups groups)
        implements Step {

    private static final MessagePath CONTROL_ID = MessagePath.parse("MSH-10");

    /** What MSH-10 of the messages is. */
    public enum ControlId {
        /** The received one with {@code -1}, {@code -2}, ... after it. */
        SUFFIX,
        /** The received one in each. */
        SAME,
        /** What an expression says of the message. */
        EXPRESSION
    }

    /** Ends the run; whoever takes the steps asks for {@link #parts} instead. */
    @Override
    public Flow run(MappingRun run) throws StepException {
        throw new StepException("a message is not split inside 'each'");
    }

    /** The messages that it is split into; the message itself where there is nothing to split by. */
    List<Message> parts(MappingRun run) throws StepException {
        Draft draft = run.target();
        List<boolean[]> wanted = wanted(draft);
        if (wanted.isEmpty()) {
            return List.of(draft.toMessage());
        }
        List<Message> parts = new ArrayList<>(wanted.size());
        long size = 0;
        for (boolean[] each : wanted) {
            Message part = draft.toMessage(each);
            size += part.length();
            run.checkSize(this, size);
            parts.add(
                    switch (controlId) {
                        case SAME -> part;
                        case SUFFIX -> numbered(part, parts.size() + 1);
                        case EXPRESSION -> named(part, run);
                    });
        }
        return parts;
    }

    private static Message numbered(Message part, int number) {
        return part.edit()
                .set(CONTROL_ID, part.header().controlId() + "-" + number)
                .apply();
    }

    private Message named(Message part, MappingRun run) throws StepException {
        MappingRun ofPart = run.of(Draft.of(part));
        String id;
        try {
            id = expression.orElseThrow().of(ofPart.input());
        } catch (FailedExpressionException failure) {
            throw new StepException("the expression for MSH-10 failed: " + failure.reason());
        }
        if (id.isEmpty()) {
            throw new StepException("the expression for MSH-10 is empty for one of the messages");
        }
        ofPart.writes(this, CONTROL_ID);
        ofPart.target().set(CONTROL_ID, id);
        return ofPart.target().toMessage();
    }

    private List<boolean[]> wanted(Draft draft) throws StepException {
        List<GroupOccurrence> found = ofSegment ? groups.around(draft, group) : groups.named(draft, group);
        int segments = draft.segmentCount();
        if (found.isEmpty()) {
            return ofSegment ? bySegment(draft.segmentNames()) : List.of();
        }
        List<boolean[]> wanted = new ArrayList<>();
        for (GroupOccurrence each : found) {
            wanted.add(of(each, found, segments));
        }
        return wanted;
    }

    /** All segments but those of other groups of the kind, and of what stands beside a group around it. */
    private static boolean[] of(GroupOccurrence mine, List<GroupOccurrence> found, int segments) {
        boolean[] wanted = new boolean[segments];
        Arrays.fill(wanted, true);
        for (GroupOccurrence other : found) {
            GroupOccurrence around = mine;
            GroupOccurrence otherAround = other;
            // From the inside out: two that differ are repetitions of one kind, and one is not mine.
            while (around != null && otherAround != null && !around.equals(otherAround)) {
                Arrays.fill(wanted, otherAround.from(), otherAround.to(), false);
                around = around.parent();
                otherAround = otherAround.parent();
            }
        }
        return wanted;
    }

    private List<boolean[]> bySegment(List<String> names) {
        List<boolean[]> wanted = new ArrayList<>();
        int first = names.indexOf(group);
        for (int at = first; at >= 0 && at < names.size(); ) {
            int next = at + 1;
            while (next < names.size() && !names.get(next).equals(group)) {
                next++;
            }
            boolean[] each = new boolean[names.size()];
            Arrays.fill(each, 0, first, true);
            Arrays.fill(each, at, next, true);
            wanted.add(each);
            at = next;
        }
        return wanted;
    }
}
