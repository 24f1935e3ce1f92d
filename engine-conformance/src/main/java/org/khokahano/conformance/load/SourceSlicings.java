package org.khokahano.conformance.load;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which repetitions of fields have other data types, and which segments other fields, as {@code ProfileSlicing} documents
 * say it. Of one thread.
 */
final class SourceSlicings {
    static final String ROOT = "ProfileSlicing";

    /** As many as profiles can say. */
    private static final int MOST_REPETITIONS = 999;

    private static final String SEGMENT = "segment ";

    private final ImportReport report;
    private final SourceNumbers numbers;
    private final Map<String, List<Slice>> slices = new HashMap<>();
    private final Map<String, XmlElement> contexts = new HashMap<>();
    private final Set<String> used = new HashSet<>();

    SourceSlicings(ImportReport report) {
        this.report = report;
        this.numbers = new SourceNumbers(report);
    }

    /**
     * Some repetitions of a field, or some segments in one place.
     *
     * @param position of the field in its segment, or of the segment in its group
     * @param assertion what is true of them; null where it is one by its number
     * @param occurrence from 1; 0 where the assertion says it
     */
    record Slice(int position, @Nullable XmlElement assertion, int occurrence, XmlElement xml) {}

    void read(XmlElement root) {
        root.children("SegmentSlicing", "Message")
                .forEach(message -> message.children("GroupContext")
                        .forEach(group -> context(group, inMessage(message.attribute("ID")))));
        root.children("FieldSlicing", "SegmentContext").forEach(segment -> context(segment, SEGMENT));
    }

    private void context(XmlElement xml, String kind) {
        String context = kind + xml.attribute("ID");
        contexts.putIfAbsent(context, xml);
        for (XmlElement slicing : xml.children()) {
            int position = numbers.read(slicing, "Position", 0);
            boolean byNumber = slicing.name().equals("OccurrenceSlicing");
            if (position == 0 || !byNumber && !slicing.name().equals("AssertionSlicing")) {
                report.leftOut(slicing, "", slicing.name() + " of " + context, "it does not say which part it is of");
                continue;
            }
            slicing.children("Slice").forEach(slice -> slice(context, slice, position, byNumber));
        }
    }

    private void slice(String context, XmlElement slice, int position, boolean byNumber) {
        Optional<XmlElement> assertion = slice.child("Assertion")
                .flatMap(inside -> inside.children().stream().findFirst());
        int occurrence = byNumber ? numbers.read(slice, "Occurrence", 0) : 0;
        String why = "";
        if (byNumber ? occurrence == 0 : assertion.isEmpty()) {
            why = "it does not say what it is about";
        } else if (byNumber && !context.startsWith(SEGMENT)) {
            why = "profiles do not tell segments apart by their numbers: write rules with 'count'";
        } else if (occurrence > MOST_REPETITIONS) {
            why = "profiles know repetitions up to " + MOST_REPETITIONS;
        }
        if (!why.isEmpty()) {
            report.leftOut(slice, "", "slice " + slice.attribute("Ref") + " of " + context, why);
            return;
        }
        slices.computeIfAbsent(context, none -> new ArrayList<>())
                .add(new Slice(position, byNumber ? null : assertion.orElse(null), occurrence, slice));
    }

    /** Those of the fields of a segment, by its ID, in their order. */
    List<Slice> of(String segment) {
        return in(SEGMENT + segment);
    }

    /** Messages of one document may have groups of the same ID. */
    private static String inMessage(String id) {
        return "message " + id + ", group ";
    }

    /** Those of the segments that stand in a part of a group or message, by its ID, in their order. */
    List<Slice> ofPart(String message, String group, int position) {
        return in(inMessage(message) + group).stream()
                .filter(slice -> slice.position() == position)
                .toList();
    }

    private List<Slice> in(String context) {
        used.add(context);
        return slices.getOrDefault(context, List.of());
    }

    /** Tells of segments and groups that no message has. */
    void tellOfUnused() {
        contexts.forEach((context, xml) -> {
            if (!used.contains(context)) {
                report.leftOut(xml, "", "slicing of " + context, "the profile uses none with this ID");
            }
        });
    }
}
