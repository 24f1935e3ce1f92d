package org.khokahano.cases;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.khokahano.message.Delimiters;
import org.khokahano.message.Message;
import org.khokahano.message.Segment;

/**
 * A segment with its fields as they are written, escapes and all.
 *
 * @param occurrence which segment of that name, from 1
 * @param fields field n at n - 1
 * @param written the number of the last field that is written and not ignored, empty ones included
 */
record SegmentText(String name, int occurrence, List<String> fields, Delimiters delimiters, int written) {

    SegmentText {
        fields = List.copyOf(fields);
    }

    static List<SegmentText> of(Message message, IgnoredPlaces ignored) {
        List<SegmentText> segments = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (int position = 0; position < message.segmentCount(); position++) {
            Segment segment = message.segment(position);
            int occurrence = seen.merge(segment.name(), 1, Integer::sum);
            if (ignored.coversSegment(segment.name(), occurrence)) {
                continue;
            }
            List<String> fields = new ArrayList<>();
            int written = 0;
            for (int field = 1; field <= segment.fieldCount(); field++) {
                boolean skipped = ignored.coversField(segment.name(), occurrence, field);
                written = skipped ? written : field;
                fields.add(skipped ? "" : new String(segment.raw(field), message.characterSet()));
            }
            while (!fields.isEmpty() && fields.get(fields.size() - 1).isEmpty()) {
                fields.remove(fields.size() - 1);
            }
            segments.add(new SegmentText(segment.name(), occurrence, fields, message.delimiters(), written));
        }
        return segments;
    }

    /** Field n, from 1; empty where there is none. */
    String field(int number) {
        return number <= fields.size() ? fields.get(number - 1) : "";
    }

    List<String> repetitions(int number) {
        boolean ofDelimiters = name.equals("MSH") && number <= 2;
        return ofDelimiters ? List.of(field(number)) : split(field(number), delimiters.repetition());
    }

    List<String> components(String repetition) {
        return split(repetition, delimiters.component());
    }

    /** The place as a path; the first segment of its name is not numbered. */
    String path() {
        return occurrence == 1 ? name : name + "[" + occurrence + "]";
    }

    /** As it is written. */
    String text() {
        String separator = Character.toString((char) delimiters.field());
        List<String> shown = name.equals("MSH") && !fields.isEmpty() ? fields.subList(1, fields.size()) : fields;
        return name + separator + String.join(separator, shown);
    }

    private static List<String> split(String text, int delimiter) {
        return delimiter == Delimiters.NONE
                ? List.of(text)
                : List.of(text.split(Pattern.quote(Character.toString((char) delimiter)), -1));
    }
}
