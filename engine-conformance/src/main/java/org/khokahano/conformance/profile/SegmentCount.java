package org.khokahano.conformance.profile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.khokahano.ack.ErrorCondition;
import org.khokahano.conformance.profile.PlaceCondition.Answer;
import org.khokahano.conformance.rule.MessageCheck;
import org.khokahano.conformance.rule.PlaceView;
import org.khokahano.conformance.rule.Rule;
import org.khokahano.message.Message;
import org.khokahano.message.MessageBytes;
import org.khokahano.message.MessageView;
import org.khokahano.route.Origin;
import org.khokahano.validation.Counted;
import org.khokahano.validation.Findings;
import org.khokahano.validation.Place;

/** Counts segments that no structure has a place for: behind each of another, or in the whole message. */
final class SegmentCount implements MessageCheck {
    private final String name;
    private final String after;
    private final UsageRule usage;
    private final Bounds given;
    private final @Nullable Rule usageRule;
    private final @Nullable Rule countRule;
    private final @Nullable Rule placeRule;

    SegmentCount(
            String name,
            String after,
            @Nullable UsageRule usage,
            Bounds given,
            Levels levels,
            ElementCompiler elements) {
        this.name = name;
        this.after = after;
        this.usage = usage == null ? UsageRule.of(given.least() > 0 ? Usage.R : Usage.O) : usage;
        this.given = given;
        this.usageRule = elements.ruleOrNull("usage", levels.usage(), ErrorCondition.SEGMENT_SEQUENCE_ERROR);
        this.countRule =
                elements.ruleOrNull("cardinality", levels.cardinality(), ErrorCondition.SEGMENT_SEQUENCE_ERROR);
        this.placeRule = elements.ruleOrNull("place", levels.usage(), ErrorCondition.SEGMENT_SEQUENCE_ERROR);
    }

    @Override
    public void check(Message message, Origin origin, Findings findings) {
        List<String> names = message.segmentNames();
        Map<String, Integer> occurrences = new HashMap<>();
        Place anchor = after.isEmpty() ? Place.MESSAGE : null;
        Bounds bounds = bounds(message, message, origin, findings, Place.MESSAGE, anchor != null);
        boolean behind = after.isEmpty();
        int count = 0;
        for (int position = 0; position < names.size() && findings.mayGoOn(); position++) {
            String segment = names.get(position);
            int occurrence = occurrences.merge(segment, 1, Integer::sum);
            if (segment.equals(name)) {
                Place place = Place.ofSegment(name, occurrence);
                count += behind ? 1 : 0;
                if (!behind && placeRule != null) {
                    findings.add(placeRule.at(place, "segment " + name + " does not stand behind " + after));
                } else if (behind && count == bounds.most() + 1) {
                    tooMany(findings, place, bounds);
                }
            } else if (!after.isEmpty() && segment.equals(after)) {
                missing(findings, anchor, occurrences, count, bounds);
                anchor = Place.ofSegment(segment, occurrence);
                bounds = bounds(seenFrom(message, position), message, origin, findings, anchor, true);
                behind = true;
                count = 0;
            } else if (!after.isEmpty() && !segment.startsWith("Z")) {
                behind = false;
            }
        }
        missing(findings, anchor, occurrences, count, bounds);
    }

    /** From a segment on, up to the next of its name. */
    private MessageView seenFrom(Message message, int position) {
        List<String> names = message.segmentNames();
        int end = position + 1;
        while (end < names.size() && !names.get(end).equals(after)) {
            end++;
        }
        return new PlaceView(message, MessageBytes.of(message), position, end);
    }

    private Bounds bounds(
            MessageView seen, Message message, Origin origin, Findings findings, Place place, boolean asked) {
        PlaceCondition when = usage.when();
        Usage counts = usage.usage();
        if (when != null && asked) {
            Answer answer = when.ask(seen, message, origin, findings, usageRule, place);
            counts = answer == Answer.TRUE ? usage.usage() : answer == Answer.FALSE ? usage.otherwise() : Usage.O;
        }
        return counts.within(given);
    }

    private void tooMany(Findings findings, Place place, Bounds bounds) {
        if (bounds.most() == 0 && usageRule != null) {
            findings.add(usageRule.at(place, "segment " + name + " must not be there"));
        } else if (bounds.most() > 0 && countRule != null) {
            findings.add(countRule.at(
                    place, "segment " + name + " may stand here " + Counted.times(bounds.most()) + " at most"));
        }
    }

    /** Told of the place where it is not, so that nobody mends the segment that is there. */
    private void missing(
            Findings findings, @Nullable Place anchor, Map<String, Integer> occurrences, int count, Bounds bounds) {
        if (anchor != null && count < bounds.least() && usageRule != null) {
            Place place = Place.ofSegment(name, occurrences.getOrDefault(name, 0) + 1);
            String where = after.isEmpty() ? "" : " behind " + anchor;
            findings.add(usageRule.at(place, "segment " + name + " is required" + where));
        }
    }
}
