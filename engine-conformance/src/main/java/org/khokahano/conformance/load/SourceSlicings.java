package org.khokahano.conformance.load;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which repetitions of fields have other data types, as {@code ProfileSlicing} documents say it. Of one thread. */
final class SourceSlicings {
    static final String ROOT = "ProfileSlicing";

    /** As many as profiles can say. */
    private static final int MOST_REPETITIONS = 999;

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
     * Some repetitions of a field.
     *
     * @param position of the field
     * @param assertion what is true of them; null where it is one by its number
     * @param occurrence from 1; 0 where the assertion says it
     */
    record Slice(int position, @Nullable XmlElement assertion, int occurrence, XmlElement xml) {}

    void read(XmlElement root) {
        root.children("SegmentSlicing", "Message")
                .flatMap(message -> message.children("GroupContext"))
                .forEach(this::tellOfSegments);
        root.children("FieldSlicing", "SegmentContext").forEach(this::fields);
    }

    /** A profile says of a segment in a group one thing, whichever of its kind it is. */
    private void tellOfSegments(XmlElement group) {
        for (XmlElement slicing : group.children()) {
            slicing.children("Slice")
                    .forEach(slice -> report.leftOut(
                            slice,
                            "",
                            "slice " + slice.attribute("Ref") + " of part " + slicing.attribute("Position") + " of "
                                    + group.attribute("ID"),
                            "slices of segments are not carried over: write rules with 'each' and 'where'"));
        }
    }

    private void fields(XmlElement segment) {
        String id = segment.attribute("ID");
        contexts.putIfAbsent(id, segment);
        for (XmlElement slicing : segment.children()) {
            int position = numbers.read(slicing, "Position", 0);
            boolean byNumber = slicing.name().equals("OccurrenceSlicing");
            if (position == 0 || !byNumber && !slicing.name().equals("AssertionSlicing")) {
                report.leftOut(slicing, "", slicing.name() + " of " + id, "it does not say of which field it is");
                continue;
            }
            slicing.children("Slice").forEach(slice -> slice(id, slice, position, byNumber));
        }
    }

    private void slice(String segment, XmlElement slice, int position, boolean byNumber) {
        Optional<XmlElement> assertion = slice.child("Assertion")
                .flatMap(inside -> inside.children().stream().findFirst());
        int occurrence = byNumber ? numbers.read(slice, "Occurrence", 0) : 0;
        if (byNumber ? occurrence == 0 || occurrence > MOST_REPETITIONS : assertion.isEmpty()) {
            report.leftOut(
                    slice,
                    "",
                    "slice " + slice.attribute("Ref") + " of " + segment,
                    occurrence > MOST_REPETITIONS
                            ? "profiles know repetitions up to " + MOST_REPETITIONS
                            : "it does not say which repetitions it is about");
            return;
        }
        slices.computeIfAbsent(segment, none -> new ArrayList<>())
                .add(new Slice(position, byNumber ? null : assertion.orElse(null), occurrence, slice));
    }

    /** Those of a segment, by its ID, in their order. */
    List<Slice> of(String segment) {
        used.add(segment);
        return slices.getOrDefault(segment, List.of());
    }

    /** Tells of segments that no message has. */
    void tellOfUnused() {
        contexts.forEach((id, xml) -> {
            if (!used.contains(id)) {
                report.leftOut(xml, "", "slicing of segment " + id, "the profile uses no segment with this ID");
            }
        });
    }
}
