package org.khokahano.message;

import java.util.function.LongConsumer;

/**
 * Finds the bounds of fields, repetitions, components and subcomponents in a segment. Bounds travel
 * as one long, so that nothing is allocated to find a value.
 */
final class FieldScanner {
    /** Bounds of what is not there. */
    static final long ABSENT = -1;

    private FieldScanner() {}

    static long bounds(int from, int to) {
        return ((long) from << 32) | to;
    }

    static int from(long bounds) {
        return (int) (bounds >>> 32);
    }

    static int to(long bounds) {
        return (int) bounds;
    }

    /** The nth (from 1) part of [from, to) between separators. */
    static long part(Source source, int from, int to, int separator, int nth) {
        int start = from;
        if (nth > 1) {
            int before = ByteSearch.indexOfNth(source.scan, from, to, separator, nth - 1);
            if (before == to) {
                return ABSENT;
            }
            start = before + 1;
        }
        return bounds(start, ByteSearch.indexOf(source.scan, start, to, separator));
    }

    static int parts(Source source, int from, int to, int separator) {
        return ByteSearch.count(source.scan, from, to, separator) + 1;
    }

    /** Field {@code number} of the segment in [from, to), with all its repetitions. */
    static long field(Source source, int from, int to, int number) {
        int separator = source.delimiters.field();
        if (!SegmentNames.isHeader(SegmentNames.codeAt(source, from, to))) {
            return part(source, from, to, separator, number + 1);
        }
        if (number == 1) {
            // HL7 numbers the separator itself as the first field of MSH, FHS and BHS (2.14.9.1).
            int at = from + SegmentNames.LENGTH;
            return at < to ? bounds(at, at + 1) : ABSENT;
        }
        return part(source, from, to, separator, number);
    }

    /** Whether the field holds delimiters themselves and so has no parts: MSH-1 and MSH-2. */
    static boolean isDelimiters(int code, int field) {
        return (field == 1 || field == 2) && SegmentNames.isHeader(code);
    }

    /** What the path names in the segment in [from, to): the whole node, repetitions and all. */
    static long node(Source source, int from, int to, MessagePath path) {
        if (path.field() == 0) {
            return bounds(from, to);
        }
        long field = field(source, from, to, path.field());
        if (field == ABSENT || path.depth() == 1) {
            return field;
        }
        if (isDelimiters(path.code(), path.field())) {
            return path.repetitionOrFirst() == 1 && path.component() <= 1 && path.subcomponent() <= 1 ? field : ABSENT;
        }
        Delimiters delimiters = source.delimiters;
        int repetition = path.repetitionOrFirst();
        long node = part(source, from(field), to(field), delimiters.repetition(), repetition);
        return inRepetition(source, node, path);
    }

    /** What the path names inside this repetition. */
    static long inRepetition(Source source, long repetition, MessagePath path) {
        long node = repetition;
        Delimiters delimiters = source.delimiters;
        if (node != ABSENT && path.component() > 0) {
            node = part(source, from(node), to(node), delimiters.component(), path.component());
        }
        if (node != ABSENT && path.subcomponent() > 0) {
            int number = path.subcomponent();
            node = part(source, from(node), to(node), delimiters.subcomponent(), number);
        }
        return node;
    }

    /**
     * The value in a node: where the path names no component, the first component of the first
     * repetition, since a simple value stays the first component when a later version of HL7 makes
     * the field composite (2.8.2).
     */
    static long value(Source source, long node, MessagePath path) {
        if (node == ABSENT || path.field() == 0 || path.component() > 0 || isDelimiters(path.code(), path.field())) {
            return node;
        }
        long value = node;
        if (path.repetition() == MessagePath.UNSAID) {
            value = part(source, from(value), to(value), source.delimiters.repetition(), 1);
        }
        return part(source, from(value), to(value), source.delimiters.component(), 1);
    }

    /** Every value in the segment in [from, to), one for each repetition unless the path numbers it. */
    static void eachValue(Source source, int from, int to, MessagePath path, LongConsumer values) {
        if (path.field() == 0 || path.repetition() > 0 || isDelimiters(path.code(), path.field())) {
            values.accept(value(source, node(source, from, to, path), path));
            return;
        }
        long field = field(source, from, to, path.field());
        if (field == ABSENT) {
            return;
        }
        MessagePath inRepetition = path.repetition() == MessagePath.UNSAID ? path.inRepetition(1) : path;
        int separator = source.delimiters.repetition();
        int fieldEnd = to(field);
        int at = from(field);
        while (at <= fieldEnd) {
            int next = ByteSearch.indexOf(source.scan, at, fieldEnd, separator);
            values.accept(value(source, inRepetition(source, bounds(at, next), inRepetition), inRepetition));
            at = next + 1;
        }
    }

    /** How many repetitions the path's field has in the segment in [from, to); 0 where it is empty. */
    static int repetitions(Source source, int from, int to, MessagePath path) {
        long field = field(source, from, to, path.field());
        if (field == ABSENT || from(field) == to(field)) {
            return 0;
        }
        return isDelimiters(path.code(), path.field())
                ? 1
                : parts(source, from(field), to(field), source.delimiters.repetition());
    }

    static Presence presence(Source source, long node) {
        if (node == ABSENT) {
            return Presence.ABSENT;
        }
        int from = from(node);
        int to = to(node);
        byte[] scan = source.scan;
        if (to - from == 2 && scan[from] == '"' && scan[from + 1] == '"') {
            return Presence.DELETED;
        }
        for (int at = from; at < to; at++) {
            if (!source.delimiters.separates(scan[at])) {
                return Presence.VALUED;
            }
        }
        return Presence.EMPTY;
    }
}
