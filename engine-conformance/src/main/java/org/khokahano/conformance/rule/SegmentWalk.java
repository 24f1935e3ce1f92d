package org.khokahano.conformance.rule;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.khokahano.message.Message;
import org.khokahano.message.MessageBytes;
import org.khokahano.message.Presence;
import org.khokahano.route.Origin;
import org.khokahano.validation.Findings;

/**
 * The one walk over the fields of a message. It goes by offsets and makes no text; each place that has
 * rules takes a step of the budget.
 */
final class SegmentWalk {
    private static final int[] NO_COUNTS = {};

    private final MessageBytes bytes;
    private final Findings findings;
    private final Element field;
    private final Element repetition;
    private final Element component;
    private final Element subcomponent;

    SegmentWalk(Message message, Origin origin, Findings findings) {
        this.bytes = MessageBytes.of(message);
        this.findings = findings;
        this.field = new Element(message, bytes, origin);
        this.repetition = new Element(message, bytes, origin);
        this.component = new Element(message, bytes, origin);
        this.subcomponent = new Element(message, bytes, origin);
    }

    /**
     * Walks over all segments.
     *
     * @param rules by the number of the segment's name
     * @param placed by the position of the segment, where its place in the structure has rules of its own;
     *     null where no place has
     */
    void over(Map<Integer, CompiledSegment> rules, @Nullable CompiledSegment @Nullable [] placed) {
        Map<Integer, Integer> occurrences = new HashMap<>();
        int count = bytes.segmentCount();
        for (int position = 0; position < count && findings.mayGoOn(); position++) {
            int code = bytes.code(position);
            CompiledSegment here = placed == null ? null : placed[position];
            CompiledSegment segment = here == null ? rules.get(code) : here;
            if (segment != null) {
                int occurrence = occurrences.merge(code, 1, Integer::sum);
                field.segment(segment.name(), occurrence, position);
                segment(position, code, segment.slices().length == 0 ? segment : slice(segment));
            }
        }
    }

    /** The rules of the first slice that the segment belongs to, else those of all. */
    private CompiledSegment slice(CompiledSegment rules) {
        field.field(0, -1, -1);
        for (CompiledSegmentSlice slice : rules.slices()) {
            if (findings.mayGoOn() && slice.where().test(field, findings)) {
                return slice.rules();
            }
        }
        return rules;
    }

    private void segment(int position, int code, CompiledSegment rules) {
        boolean header = MessageBytes.isHeader(code);
        int end = bytes.end(position);
        int number = header ? 2 : 1;
        int at = bytes.firstField(position);
        CompiledElement[] fields = rules.fields();
        while (at <= end && number <= fields.length) {
            int next = bytes.fieldEnd(at, end);
            // MSH-2 holds delimiters, so that nothing in it can be taken apart (2.14.9.2).
            if (!(header && number == 2)) {
                field.field(number, at, next);
                if (!field(fields[number - 1], position)) {
                    return;
                }
            }
            at = next + 1;
            number++;
        }
        for (; number <= fields.length; number++) {
            field.field(number, -1, -1);
            run(fields[number - 1].whole(), field);
        }
        Rule beyond = rules.beyond();
        if (beyond != null && at <= end && bytes.presence(at, end) == Presence.VALUED) {
            field.field(fields.length + 1, at, end);
            findings.add(beyond.at(field.place(), "the segment has more fields than HL7 defines here"));
        }
    }

    /** False where the budget is spent. */
    private boolean field(CompiledElement rules, int position) {
        if (!findings.mayGoOn()) {
            return false;
        }
        run(rules.whole(), field);
        if (field.from() == field.to()) {
            return true;
        }
        CompiledElement typed = rules.types() == null ? rules : typed(rules, rules.types(), position);
        CompiledSlice[] slices = rules.slices();
        int[] counts = slices.length == 0 ? NO_COUNTS : new int[slices.length];
        int to = field.to();
        int number = 1;
        for (int at = field.from(); at <= to; number++) {
            int next = bytes.repetitionEnd(at, to);
            repetition.repetition(field, number, at, next);
            if (next > at && (!repetition(rules, typed) || !slice(slices, counts, at, next))) {
                return false;
            }
            at = next + 1;
        }
        if (slices.length > 0 && !field.isEmpty()) {
            tellOfSlices(slices, counts);
        }
        return true;
    }

    /** Looks for the slice that the repetition belongs to, and checks it by that; false to end. */
    private boolean slice(CompiledSlice[] slices, int[] counts, int from, int to) {
        for (int i = 0; i < slices.length; i++) {
            repetition.bounds(from, to);
            if (!findings.mayGoOn()) {
                return false;
            }
            if (bytes.presence(from, to) == Presence.VALUED
                    && slices[i].slice().where().test(repetition, findings)) {
                counts[i]++;
                CompiledElement rules = slices[i].rules();
                return repetition(rules, rules);
            }
        }
        return true;
    }

    private void tellOfSlices(CompiledSlice[] slices, int[] counts) {
        for (int i = 0; i < slices.length; i++) {
            Slice slice = slices[i].slice();
            Rule rule = slice.rule();
            if (rule != null && counts[i] < slice.least()) {
                findings.add(rule.at(field.place(), fewer(slice)));
            } else if (rule != null && counts[i] > slice.most()) {
                findings.add(rule.at(field.place(), more(slice)));
            }
        }
    }

    private static String fewer(Slice slice) {
        return slice.least() == 1
                ? "there is no " + slice.name()
                : "there are fewer than " + slice.least() + " of " + slice.name();
    }

    private static String more(Slice slice) {
        return switch (slice.most()) {
            case 0 -> "there must be no " + slice.name();
            case 1 -> "there is more than one " + slice.name();
            default -> "there are more than " + slice.most() + " of " + slice.name();
        };
    }

    /** The rules of the type that another field names; only its own where the type is unknown. */
    private CompiledElement typed(CompiledElement rules, CompiledTypes types, int position) {
        int end = bytes.end(position);
        int at = bytes.firstField(position);
        for (int number = 1; number < rules.typedByField() && at <= end; number++) {
            at = bytes.fieldEnd(at, end) + 1;
        }
        if (at >= end) {
            return rules;
        }
        CompiledElement known = types.of(bytes.text(at, bytes.fieldEnd(at, end)));
        return known == null ? rules : known;
    }

    private boolean repetition(CompiledElement rules, CompiledElement typed) {
        if (bytes.presence(repetition.from(), repetition.to()) != Presence.VALUED) {
            return true;
        }
        int to = repetition.to();
        int at = repetition.from();
        if (typed.parts().length == 0 && rules.parts().length == 0) {
            // A simple value stays the first component when a later version makes more of it (2.8.2).
            int first = bytes.componentEnd(at, to);
            repetition.bounds(at, first);
            run(rules.value(), repetition);
            if (typed != rules) {
                run(typed.value(), repetition);
            }
            if (first < to) {
                component.component(repetition, 2, first + 1, to);
                tellOfMore(typed.beyond(), component);
            }
            return true;
        }
        run(rules.value(), repetition);
        if (typed != rules) {
            run(typed.value(), repetition);
            if (rules.parts().length > 0 && !components(rules.parts(), null)) {
                return false;
            }
        }
        return components(typed.parts(), typed.beyond());
    }

    private boolean components(CompiledElement[] parts, @Nullable Rule beyond) {
        int to = repetition.to();
        int at = repetition.from();
        int number = 1;
        for (; number <= parts.length; number++) {
            int next = at <= to ? bytes.componentEnd(at, to) : -1;
            component.component(repetition, number, next < 0 ? -1 : at, next);
            if (!component(parts[number - 1])) {
                return false;
            }
            at = next < 0 ? at : next + 1;
        }
        if (at <= to) {
            component.component(repetition, number, at, to);
            tellOfMore(beyond, component);
        }
        return true;
    }

    private boolean component(CompiledElement rules) {
        if (!findings.mayGoOn()) {
            return false;
        }
        run(rules.whole(), component);
        int from = component.from();
        int to = component.to();
        if (from == to || bytes.presence(from, to) != Presence.VALUED) {
            return true;
        }
        run(rules.value(), component);
        CompiledElement[] parts = rules.parts();
        int at = from;
        int number = 1;
        for (; number <= parts.length; number++) {
            int next = at <= to ? bytes.subcomponentEnd(at, to) : -1;
            subcomponent.subcomponent(component, number, next < 0 ? -1 : at, next);
            if (!subcomponent(parts[number - 1])) {
                return false;
            }
            at = next < 0 ? at : next + 1;
        }
        if (number > 1 && at <= to) {
            subcomponent.subcomponent(component, number, at, to);
            tellOfMore(rules.beyond(), subcomponent);
        }
        return true;
    }

    private boolean subcomponent(CompiledElement rules) {
        if (!findings.mayGoOn()) {
            return false;
        }
        run(rules.whole(), subcomponent);
        int from = subcomponent.from();
        int to = subcomponent.to();
        if (from == to || bytes.presence(from, to) != Presence.VALUED) {
            return true;
        }
        run(rules.value(), subcomponent);
        // Nothing is below: of a composite type only its first part can stand here.
        if (rules.parts().length > 0) {
            run(rules.parts()[0].value(), subcomponent);
        }
        return true;
    }

    private void tellOfMore(@Nullable Rule beyond, Element element) {
        if (beyond != null && bytes.presence(element.from(), element.to()) == Presence.VALUED) {
            findings.add(beyond.at(element.place(), "there are more parts than the data type has"));
        }
    }

    private void run(ElementCheck[] checks, Element element) {
        for (ElementCheck check : checks) {
            check.check(element, findings);
        }
    }
}
