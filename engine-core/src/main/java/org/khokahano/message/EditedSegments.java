package org.khokahano.message;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The segments of a message under edit: each a stretch of the message's own bytes until it is
 * replaced, and after each the bytes between it and the next, which are never rewritten.
 */
final class EditedSegments {
    /** A segment's bytes without its end, or a stretch of them. */
    record Body(Source source, int from, int to) {
        byte[] copy() {
            return Arrays.copyOfRange(source.bytes, from, to);
        }

        boolean holds(byte[] content) {
            return Arrays.equals(source.bytes, from, to, content, 0, content.length);
        }

        int code() {
            return SegmentNames.codeAt(source, from, to);
        }
    }

    /** Bytes between two segments: line ends, and whatever else stood there. */
    private static final class Gap {
        private final byte[] bytes;
        private final int from;
        private final int to;

        Gap(byte[] bytes, int from, int to) {
            this.bytes = bytes;
            this.from = from;
            this.to = to;
        }
    }

    private static final class Entry {
        private Body body;
        private Gap after;

        Entry(Body body, Gap after) {
            this.body = body;
            this.after = after;
        }
    }

    private final Message message;
    private final byte[] segmentEnd;
    private final List<Entry> entries;

    /** Which positions a name has; known until a segment comes or goes. */
    private @Nullable Occurrences occurrences;

    EditedSegments(Message message) {
        this.message = message;
        Source source = message.source();
        SegmentIndex index = message.index();
        entries = new ArrayList<>(index.count() + 4);
        for (int i = 0; i < index.count(); i++) {
            int next = i + 1 < index.count() ? index.start(i + 1) : source.bytes.length;
            Body body = new Body(source, index.start(i), index.end(i));
            entries.add(new Entry(body, new Gap(source.bytes, index.end(i), next)));
        }
        segmentEnd = segmentEnd(source, index.end(0));
    }

    /** The message's own way to end a segment, as MSH ends; CR where MSH is all there is. */
    private static byte[] segmentEnd(Source source, int at) {
        int length = lengthOfEnd(source, at, source.bytes.length);
        if (length > 0) {
            return Arrays.copyOfRange(source.bytes, at, at + length);
        }
        return source.width == 1 ? new byte[] {'\r'} : Utf16.unit(Utf16.shape(source.bytes), '\r');
    }

    private static int lengthOfEnd(Source source, int from, int to) {
        int width = source.width;
        if (from >= to || (source.scan[from] != '\r' && source.scan[from] != '\n')) {
            return 0;
        }
        boolean both = source.scan[from] == '\r' && from + width < to && source.scan[from + width] == '\n';
        return both ? 2 * width : width;
    }

    int size() {
        return entries.size();
    }

    Body get(int position) {
        return entries.get(position).body;
    }

    void replace(int position, Body body) {
        entries.get(position).body = body;
    }

    void insertAfter(int position, Body body) {
        Entry before = entries.get(position);
        entries.add(position + 1, new Entry(body, before.after));
        before.after = new Gap(segmentEnd, 0, segmentEnd.length);
        occurrences = null;
    }

    int find(int code, int nth) {
        return occurrences().find(code, nth);
    }

    int count(int code) {
        return occurrences().count(code);
    }

    /** The positions of the segments in which an edit of this path takes place. */
    int[] positions(MessagePath path) {
        if (path.occurrence() == MessagePath.EACH) {
            return occurrences().all(path.code());
        }
        int position = find(path.code(), path.occurrenceOrFirst());
        return position < 0 ? new int[0] : new int[] {position};
    }

    /** Removes one or each segment of that name; whether there was any. */
    boolean remove(int code, int occurrence) {
        int single = occurrence == MessagePath.EACH ? -1 : find(code, Math.max(1, occurrence));
        if (occurrence != MessagePath.EACH && single < 0) {
            return false;
        }
        List<Entry> kept = new ArrayList<>(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            boolean goes = occurrence == MessagePath.EACH ? entry.body.code() == code : i == single;
            if (goes) {
                Entry before = kept.get(kept.size() - 1);
                before.after = joined(before.after, withoutFirstEnd(entry.after));
            } else {
                kept.add(entry);
            }
        }
        boolean removed = kept.size() < entries.size();
        entries.clear();
        entries.addAll(kept);
        occurrences = null;
        return removed;
    }

    private Gap withoutFirstEnd(Gap gap) {
        if (gap.bytes != message.bytes()) {
            return new Gap(gap.bytes, gap.to, gap.to);
        }
        int length = lengthOfEnd(message.source(), gap.from, gap.to);
        return new Gap(gap.bytes, gap.from + length, gap.to);
    }

    private static Gap joined(Gap first, Gap second) {
        if (second.from == second.to) {
            return first;
        }
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(first.bytes, first.from, first.to - first.from);
        both.write(second.bytes, second.from, second.to - second.from);
        return new Gap(both.toByteArray(), 0, both.size());
    }

    /** The bytes of what the path names, as edited so far; empty where there is no such place. */
    byte[] raw(MessagePath path) {
        int position = find(path.code(), path.occurrenceOrFirst());
        if (position < 0) {
            return new byte[0];
        }
        Body body = get(position);
        long node = FieldScanner.node(body.source, body.from, body.to, path);
        return node == FieldScanner.ABSENT
                ? new byte[0]
                : Arrays.copyOfRange(body.source.bytes, FieldScanner.from(node), FieldScanner.to(node));
    }

    /** The whole message, as edited. */
    byte[] join() {
        int length = message.start();
        for (Entry entry : entries) {
            length += entry.body.to - entry.body.from + entry.after.to - entry.after.from;
        }
        byte[] joined = new byte[length];
        System.arraycopy(message.bytes(), 0, joined, 0, message.start());
        int at = message.start();
        for (Entry entry : entries) {
            Body body = entry.body;
            System.arraycopy(body.source.bytes, body.from, joined, at, body.to - body.from);
            at += body.to - body.from;
            Gap gap = entry.after;
            System.arraycopy(gap.bytes, gap.from, joined, at, gap.to - gap.from);
            at += gap.to - gap.from;
        }
        return joined;
    }

    private Occurrences occurrences() {
        Occurrences known = occurrences;
        if (known == null) {
            int[] codes = new int[entries.size()];
            for (int i = 0; i < codes.length; i++) {
                codes[i] = entries.get(i).body.code();
            }
            known = new Occurrences(codes, codes.length);
            occurrences = known;
        }
        return known;
    }
}
