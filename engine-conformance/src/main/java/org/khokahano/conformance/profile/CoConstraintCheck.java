package org.khokahano.conformance.profile;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.khokahano.conformance.profile.PlaceCondition.Answer;
import org.khokahano.conformance.rule.MessageCheck;
import org.khokahano.conformance.rule.PlaceView;
import org.khokahano.conformance.rule.Rule;
import org.khokahano.message.Message;
import org.khokahano.message.MessageBytes;
import org.khokahano.message.MessagePath;
import org.khokahano.message.Presence;
import org.khokahano.message.definition.GroupMatcher;
import org.khokahano.message.definition.GroupOccurrence;
import org.khokahano.message.definition.StructureNode;
import org.khokahano.route.Origin;
import org.khokahano.validation.Counted;
import org.khokahano.validation.Findings;
import org.khokahano.validation.Place;

/** Asks what must hold between fields, once or for each of something. */
final class CoConstraintCheck implements MessageCheck {
    private static final int SEGMENT_NAME = 3;

    private final CoConstraint constraint;
    private final Demand demand;
    private final Rule rule;
    private final @Nullable StructureNode structure;
    private final @Nullable MessagePath each;

    CoConstraintCheck(CoConstraint constraint, Demand demand, Rule rule, @Nullable StructureNode structure) {
        this.constraint = constraint;
        this.demand = demand;
        this.rule = rule;
        this.structure = structure;
        String walked = constraint.each();
        boolean path = walked.length() == SEGMENT_NAME || walked.contains("-");
        this.each = path ? MessagePath.parse(walked) : null;
    }

    @Override
    public void check(Message message, Origin origin, Findings findings) {
        PlaceCondition when = constraint.when();
        if (when != null && when.ask(message, message, origin, findings, rule, Place.MESSAGE) != Answer.TRUE) {
            return;
        }
        One one = new One(message, origin, findings, MessageBytes.of(message));
        if (constraint.each().isEmpty()) {
            one.ask(0, one.bytes.segmentCount(), Place.MESSAGE);
        } else if (each == null) {
            one.eachGroup();
        } else {
            one.eachSegment(each);
        }
    }

    /** The check of one message. */
    private final class One {
        private final Message message;
        private final Origin origin;
        private final Findings findings;
        private final MessageBytes bytes;

        One(Message message, Origin origin, Findings findings, MessageBytes bytes) {
            this.message = message;
            this.origin = origin;
            this.findings = findings;
            this.bytes = bytes;
        }

        void eachSegment(MessagePath path) {
            int code = MessageBytes.codeOf(path);
            int occurrence = 0;
            for (int position = 0; position < bytes.segmentCount() && findings.mayGoOn(); position++) {
                if (bytes.code(position) == code) {
                    occurrence++;
                    if (path.field() == 0) {
                        ask(position, position + 1, Place.ofSegment(path.segment(), occurrence));
                    } else {
                        eachRepetition(path, position, occurrence);
                    }
                }
            }
        }

        private PlaceView view(int position) {
            return new PlaceView(message, bytes, position, position + 1);
        }

        private void eachRepetition(MessagePath path, int position, int occurrence) {
            int end = bytes.end(position);
            int at = bytes.firstField(position);
            for (int number = 1; number < path.field() && at <= end; number++) {
                at = bytes.fieldEnd(at, end) + 1;
            }
            int to = at > end ? at : bytes.fieldEnd(at, end);
            for (int number = 1; at < to && findings.mayGoOn(); number++) {
                int next = bytes.repetitionEnd(at, to);
                if (bytes.presence(at, next) == Presence.VALUED) {
                    Place place = new Place(path.segment(), occurrence, path.field(), number, 0, 0);
                    ask(view(position).inRepetition(path.field(), at, next), place);
                }
                at = next + 1;
            }
        }

        void eachGroup() {
            if (structure == null || !findings.mayTake(bytes.segmentCount())) {
                return;
            }
            List<String> names = message.segmentNames();
            for (GroupOccurrence group : GroupMatcher.match(structure, names)) {
                if (group.group().name().equals(constraint.each()) && findings.mayGoOn()) {
                    MessagePath first = MessagePath.parse(names.get(group.from()));
                    ask(group.from(), group.to(), view(group.from()).place(first));
                }
            }
        }

        /** Asks it for the segments at the positions in [first, end). */
        void ask(int first, int end, Place here) {
            PlaceView view = new PlaceView(message, bytes, first, end);
            if (demand instanceof Demand.Counts counts) {
                if (isChosen(view, here)) {
                    count(counts, first, end, here);
                }
            } else {
                ask(view, here);
            }
        }

        private void ask(PlaceView view, Place here) {
            if (demand instanceof Demand.Holds holds
                    && isChosen(view, here)
                    && holds.condition().ask(view, message, origin, findings, rule, here) == Answer.FALSE) {
                tell(view, here, "the rule does not hold");
            }
        }

        private boolean isChosen(PlaceView view, Place here) {
            PlaceCondition where = constraint.where();
            return where == null || where.ask(view, message, origin, findings, rule, here) == Answer.TRUE;
        }

        /** Each that is too many is told of at its own place, those that are missing at the place around. */
        private void count(Demand.Counts counts, int first, int end, Place here) {
            if (!findings.mayTake(end - first)) {
                return;
            }
            int code = MessageBytes.codeOf(counts.segment());
            int occurrence = bytes.countBefore(code, first);
            int count = 0;
            boolean certain = true;
            for (int position = first; position < end && findings.mayGoOn(); position++) {
                if (bytes.code(position) != code) {
                    continue;
                }
                Place place = Place.ofSegment(counts.segment(), ++occurrence);
                Answer answer = matches(counts, view(position), place);
                certain &= answer != Answer.UNKNOWN;
                if (answer == Answer.TRUE && ++count > counts.bounds().most()) {
                    tell(view(position), place, tooMany(counts));
                }
            }
            if (certain && findings.mayGoOn() && count < counts.bounds().least()) {
                findings.add(rule.at(here, sentence(tooFew(counts))));
            }
        }

        private Answer matches(Demand.Counts counts, PlaceView view, Place place) {
            PlaceCondition matching = counts.matching();
            return matching == null ? Answer.TRUE : matching.ask(view, message, origin, findings, rule, place);
        }

        private void tell(PlaceView view, Place here, String otherwise) {
            MessagePath at = constraint.at();
            findings.add(rule.at(at == null ? here : view.place(at), sentence(otherwise)));
        }

        private String sentence(String otherwise) {
            return constraint.text().isEmpty() ? otherwise : constraint.text();
        }

        private static String tooMany(Demand.Counts counts) {
            int most = counts.bounds().most();
            return most == 0
                    ? "there must be no such " + counts.segment()
                    : "such a " + counts.segment() + " may stand here " + Counted.times(most) + " at most";
        }

        private static String tooFew(Demand.Counts counts) {
            return "a " + counts.segment() + " that the rule counts has to stand here "
                    + Counted.times(counts.bounds().least()) + " at least";
        }
    }
}
