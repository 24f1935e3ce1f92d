package org.khokahano.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares what the index finds with what the slow reader finds, place by place. */
final class ReaderComparison {
    private static final Charset LATIN = StandardCharsets.ISO_8859_1;

    private ReaderComparison() {}

    static void compare(String what, Message message, SlowReader slow, Charset charset) {
        assertThat(message.segmentCount()).as(what).isEqualTo(slow.segmentCount());
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < slow.segmentCount(); i++) {
            String name = slow.name(i);
            List<String> fields = slow.fields(i);
            Segment segment = message.segment(i);
            if (!segment.name().equals(name) || segment.fieldCount() != fields.size()) {
                throw new AssertionError(what + ": segment " + i + " is " + segment + ", slow reader " + name + " with "
                        + fields.size());
            }
            int occurrence = seen.merge(name, 1, Integer::sum);
            for (int field = 1; field <= fields.size(); field++) {
                String expected = fields.get(field - 1);
                same(what, segment.raw(field), expected, charset, name, field);
                if (slow.isNamed(i)) {
                    String path = name + "[" + occurrence + "]-" + field;
                    same(what, message, path, expected, charset);
                    if (field > 2 || !name.matches("MSH|FHS|BHS")) {
                        compareParts(what, message, slow, path, expected, charset);
                    }
                }
            }
        }
    }

    private static void compareParts(
            String what, Message message, SlowReader slow, String path, String field, Charset cs) {
        List<String> repetitions = slow.repetitions(field);
        assertThat(message.repetitions(MessagePath.parse(path)))
                .as("%s %s", what, path)
                .isEqualTo(field.isEmpty() ? 0 : repetitions.size());
        for (int r = 1; r <= repetitions.size(); r++) {
            String repetition = path + "[" + r + "]";
            same(what, message, repetition, repetitions.get(r - 1), cs);
            List<String> components = slow.components(repetitions.get(r - 1));
            for (int c = 1; c <= components.size(); c++) {
                same(what, message, repetition + "." + c, components.get(c - 1), cs);
                List<String> parts = slow.subcomponents(components.get(c - 1));
                for (int s = 1; s <= parts.size() && parts.size() > 1; s++) {
                    same(what, message, repetition + "." + c + "." + s, parts.get(s - 1), cs);
                }
            }
        }
    }

    private static void same(String what, Message message, String path, String expected, Charset charset) {
        byte[] raw = message.raw(MessagePath.parse(path));
        if (!new String(raw, charset).equals(expected)) {
            throw new AssertionError(what + ": " + path + " differs from the slow reader's");
        }
    }

    private static void same(String what, byte[] raw, String expected, Charset charset, String name, int field) {
        if (!new String(raw, charset).equals(expected)) {
            throw new AssertionError(what + ": " + name + "-" + field + " differs, walked");
        }
    }

    /** One stretch of bytes may differ; all before and all behind it are as they were. */
    static void sameBytesElsewhere(String what, Message before, Message after) {
        byte[] old = before.bytes();
        byte[] edited = after.bytes();
        int prefix = 0;
        while (prefix < Math.min(old.length, edited.length) && old[prefix] == edited[prefix]) {
            prefix++;
        }
        int suffix = 0;
        while (suffix < Math.min(old.length, edited.length) - prefix
                && old[old.length - 1 - suffix] == edited[edited.length - 1 - suffix]) {
            suffix++;
        }
        assertThat(new String(edited, prefix, edited.length - prefix - suffix, LATIN))
                .as("%s: what was put in holds no more than one place and new segments", what)
                .hasSizeLessThan(100);
        assertThat(old.length - prefix - suffix).as("%s: bytes taken out", what).isLessThan(100);
    }
}
