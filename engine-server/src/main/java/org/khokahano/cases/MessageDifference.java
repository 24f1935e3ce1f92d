package org.khokahano.cases;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.khokahano.message.Message;
import org.khokahano.message.MessagePath;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.message.definition.FieldDefinition;
import org.khokahano.message.definition.Hl7Definitions;

/**
 * Where two messages differ, by segment, field and component. Segments are paired so that the fewest
 * differ: one that is missing in the middle does not put the others out of step. What is no HL7 message is
 * compared line by line.
 */
public final class MessageDifference {
    /** Pairing costs the product of both numbers; longer messages are compared in their order. */
    private static final int MOST_PAIRED = 2_000;

    private final IgnoredPlaces ignored;
    private final Hl7Definitions definitions;
    private final List<FieldDifference> found = new ArrayList<>();
    private String version = "";
    private boolean writtenAlike = true;
    private boolean skipped;

    private MessageDifference(IgnoredPlaces ignored, Hl7Definitions definitions) {
        this.ignored = ignored;
        this.definitions = definitions;
    }

    /**
     * What came of comparing.
     *
     * @param places all places at which they differ, but for those that are ignored; empty where there is none
     * @param writtenAlike whether they are the same but for what is ignored; false too where they only mean the
     *     same, since one has separators at the end of a field or segment that stand for nothing (HL7 2.5.3)
     */
    record Result(List<FieldDifference> places, boolean writtenAlike) {}

    /** Compares two messages. */
    static Result between(byte[] expected, byte[] actual, IgnoredPlaces ignored, Hl7Definitions definitions) {
        MessageDifference difference = new MessageDifference(ignored, definitions);
        Optional<Message> one = read(expected);
        Optional<Message> other = read(actual);
        if (one.isPresent() && other.isPresent()) {
            difference.version = other.get().header().version();
            difference.compare(SegmentText.of(one.get(), ignored), SegmentText.of(other.get(), ignored));
        } else {
            difference.compareLines(lines(expected), lines(actual));
        }
        return new Result(List.copyOf(difference.found), difference.writtenAlike && difference.found.isEmpty());
    }

    private static Optional<Message> read(byte[] bytes) {
        try {
            return Optional.of(Message.read(bytes));
        } catch (UnreadableMessageException noMessage) {
            return Optional.empty();
        }
    }

    private static List<String> lines(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8).lines().toList();
    }

    private void compareLines(List<String> expected, List<String> actual) {
        for (int line = 0; line < Math.max(expected.size(), actual.size()); line++) {
            String one = line < expected.size() ? expected.get(line) : "";
            String other = line < actual.size() ? actual.get(line) : "";
            if (!one.equals(other)) {
                found.add(new FieldDifference("line " + (line + 1), "", one, other));
            }
        }
    }

    private void compare(List<SegmentText> expected, List<SegmentText> actual) {
        int[][] best = scores(expected, actual);
        int i = 0;
        int j = 0;
        while (i < expected.size() || j < actual.size()) {
            int score = i < expected.size() && j < actual.size() ? score(expected.get(i), actual.get(j)) : 0;
            if (score > 0 && best[i][j] == best[i + 1][j + 1] + score) {
                compare(expected.get(i++), actual.get(j++));
            } else if (j >= actual.size() || i < expected.size() && best[i + 1][j] >= best[i][j + 1]) {
                segment(expected.get(i++), null);
            } else {
                segment(null, actual.get(j++));
            }
        }
    }

    /** For each pair of rests how alike they are at best. */
    private static int[][] scores(List<SegmentText> expected, List<SegmentText> actual) {
        int[][] best = new int[expected.size() + 1][actual.size() + 1];
        boolean tooMany = Math.max(expected.size(), actual.size()) > MOST_PAIRED;
        for (int i = expected.size() - 1; i >= 0; i--) {
            for (int j = actual.size() - 1; j >= 0; j--) {
                int score = tooMany && i != j ? 0 : score(expected.get(i), actual.get(j));
                int paired = score > 0 ? best[i + 1][j + 1] + score : 0;
                best[i][j] = Math.max(paired, Math.max(best[i + 1][j], best[i][j + 1]));
            }
        }
        return best;
    }

    private static int score(SegmentText one, SegmentText other) {
        if (!one.name().equals(other.name())) {
            return 0;
        }
        return one.fields().equals(other.fields()) ? 4 : one.field(1).equals(other.field(1)) ? 2 : 1;
    }

    private void segment(@Nullable SegmentText expected, @Nullable SegmentText actual) {
        SegmentText there = expected != null ? expected : actual;
        if (there != null) {
            String what = expected != null ? "segment is missing" : "segment was not expected";
            found.add(new FieldDifference(
                    there.path(), what, expected == null ? "" : expected.text(), actual == null ? "" : actual.text()));
        }
    }

    private void compare(SegmentText expected, SegmentText actual) {
        for (int field = 1;
                field <= Math.max(expected.fields().size(), actual.fields().size());
                field++) {
            if (!expected.field(field).equals(actual.field(field))) {
                int before = found.size();
                skipped = false;
                compareField(expected, actual, field);
                writtenAlike &= skipped || found.size() > before;
            }
        }
        writtenAlike &= expected.written() == actual.written();
    }

    private void compareField(SegmentText expected, SegmentText actual, int field) {
        List<String> ones = expected.repetitions(field);
        List<String> others = actual.repetitions(field);
        for (int number = 1; number <= Math.max(ones.size(), others.size()); number++) {
            String one = number <= ones.size() ? ones.get(number - 1) : "";
            String other = number <= others.size() ? others.get(number - 1) : "";
            boolean covered = ignored.coversRepetition(expected.name(), actual.occurrence(), field, number);
            skipped |= covered;
            if (!one.equals(other) && !covered) {
                String repetition = Math.max(ones.size(), others.size()) > 1 ? "[" + number + "]" : "";
                String path = actual.path() + "-" + field + repetition;
                compareComponents(expected, actual, new Place(path, field, number), one, other);
            }
        }
    }

    private record Place(String path, int field, int repetition) {}

    private void compareComponents(SegmentText expected, SegmentText actual, Place place, String one, String other) {
        List<String> ones = expected.components(one);
        List<String> others = actual.components(other);
        String name = fieldName(actual.name(), place.field());
        if (ones.size() <= 1 && others.size() <= 1) {
            if (!ignored.coversComponent(actual.name(), actual.occurrence(), place.field(), place.repetition(), 1)) {
                found.add(new FieldDifference(place.path(), name, one, other));
            } else {
                skipped = true;
            }
            return;
        }
        for (int number = 1; number <= Math.max(ones.size(), others.size()); number++) {
            String a = number <= ones.size() ? ones.get(number - 1) : "";
            String b = number <= others.size() ? others.get(number - 1) : "";
            boolean covered = ignored.coversComponent(
                    actual.name(), actual.occurrence(), place.field(), place.repetition(), number);
            skipped |= covered;
            if (!a.equals(b) && !covered) {
                found.add(new FieldDifference(place.path() + "." + number, name, a, b));
            }
        }
    }

    private String fieldName(String segment, int field) {
        return fieldName(definitions, segment, field, version);
    }

    /** HL7's name of a field with its data type: {@code Patient Name, XPN}; empty where it has none. */
    public static String fieldName(Hl7Definitions definitions, MessagePath path, String version) {
        return path.field() == 0 ? "" : fieldName(definitions, path.segment(), path.field(), version);
    }

    private static String fieldName(Hl7Definitions definitions, String segment, int field, String version) {
        return definitions
                .segment(segment, Hl7Definitions.isKnown(version) ? version : "2.5.1")
                .flatMap(definition -> definition.field(field))
                .map((FieldDefinition definition) -> definition.name() + ", " + definition.dataType())
                .orElse("");
    }
}
