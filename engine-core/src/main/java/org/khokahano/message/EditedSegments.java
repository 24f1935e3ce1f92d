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
        int length() {
            return to - from;
        }

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
        private final int code;
        private Body body;
        private Gap after;

        Entry(Body body, Gap after) {
            this.code = body.code();
            this.body = body;
            this.after = after;
        }
    }

    /** Up to this many segments names are simply walked; past it a table answers at once. */
    private static final int WALKED_SEGMENTS = 64;

    private final Message message;
    private final byte[] segmentEnd;
    private final List<Entry> entries;

    /** What is walked over at the moment, to be moved when segments come and go. */
    private final List<Stretch> stretches = new ArrayList<>(0);

    /** The length of all bodies; line ends do not count. */
    private long length;

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
            length += body.length();
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
        return new byte[] {'\r'};
    }

    private static int lengthOfEnd(Source source, int from, int to) {
        if (from >= to || (source.scan[from] != '\r' && source.scan[from] != '\n')) {
            return 0;
        }
        boolean both = source.scan[from] == '\r' && from + 1 < to && source.scan[from + 1] == '\n';
        return both ? 2 : 1;
    }

    int size() {
        return entries.size();
    }

    Body get(int position) {
        return entries.get(position).body;
    }

    int code(int position) {
        return entries.get(position).code;
    }

    /** How many bytes the segments have, without what stands between them. */
    long length() {
        return length;
    }

    void replace(int position, Body body) {
        Entry entry = entries.get(position);
        length += body.length() - entry.body.length();
        entry.body = body;
    }

    void insertAfter(int position, Body body) {
        Entry before = entries.get(position);
        entries.add(position + 1, new Entry(body, before.after));
        before.after = new Gap(segmentEnd, 0, segmentEnd.length);
        length += body.length();
        occurrences = null;
        for (Stretch stretch : stretches) {
            stretch.inserted(position + 1);
        }
    }

    /** Keeps the stretch true to its segments until {@link #release}. */
    void follow(Stretch stretch) {
        stretches.add(stretch);
    }

    int followed() {
        return stretches.size();
    }

    /** Forgets all stretches but the first so many. */
    void release(int kept) {
        stretches.subList(kept, stretches.size()).clear();
    }

    /** The position of the nth (from 1) segment of that name, or -1. */
    int find(int code, int nth) {
        if (entries.size() > WALKED_SEGMENTS) {
            return occurrences().find(code, nth);
        }
        int left = nth;
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).code == code && --left == 0) {
                return i;
            }
        }
        return -1;
    }

    /** The first position in [from, to) of a segment of that name, or -1. */
    int firstIn(int from, int to, int code) {
        for (int i = from; i < to; i++) {
            if (entries.get(i).code == code) {
                return i;
            }
        }
        return -1;
    }

    /** The last position in [from, to) of a segment of that name, or -1. */
    int lastIn(int from, int to, int code) {
        for (int i = to - 1; i >= from; i--) {
            if (entries.get(i).code == code) {
                return i;
            }
        }
        return -1;
    }

    int count(int code) {
        return entries.size() > WALKED_SEGMENTS ? occurrences().count(code) : countIn(0, entries.size(), code);
    }

    int countIn(int from, int to, int code) {
        int found = 0;
        for (int i = from; i < to; i++) {
            if (entries.get(i).code == code) {
                found++;
            }
        }
        return found;
    }

    /** Removes the segments at these rising positions, none of which is the first of all. */
    void remove(int[] positions) {
        List<Entry> kept = new ArrayList<>(entries.size() - positions.length);
        int next = 0;
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            if (next < positions.length && positions[next] == i) {
                next++;
                Entry before = kept.get(kept.size() - 1);
                before.after = joined(before.after, withoutFirstEnd(entry.after));
                length -= entry.body.length();
            } else {
                kept.add(entry);
            }
        }
        entries.clear();
        entries.addAll(kept);
        occurrences = null;
        for (Stretch stretch : stretches) {
            for (int i = positions.length - 1; i >= 0; i--) {
                stretch.removed(positions[i]);
            }
        }
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

    /** The whole message, as edited. */
    byte[] join() {
        boolean[] all = new boolean[entries.size()];
        Arrays.fill(all, true);
        return join(all);
    }

    /** Those of the segments that are wanted, the first one always among them. */
    byte[] join(boolean[] wanted) {
        int total = message.start();
        for (int i = 0; i < wanted.length; i++) {
            Entry entry = entries.get(i);
            total += wanted[i] ? entry.body.length() + entry.after.to - entry.after.from : 0;
        }
        byte[] joined = new byte[total];
        System.arraycopy(message.bytes(), 0, joined, 0, message.start());
        int at = message.start();
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i]) {
                Entry entry = entries.get(i);
                Body body = entry.body;
                System.arraycopy(body.source.bytes, body.from, joined, at, body.length());
                at += body.length();
                Gap gap = entry.after;
                System.arraycopy(gap.bytes, gap.from, joined, at, gap.to - gap.from);
                at += gap.to - gap.from;
            }
        }
        return joined;
    }

    private Occurrences occurrences() {
        Occurrences known = occurrences;
        if (known == null) {
            int[] codes = new int[entries.size()];
            for (int i = 0; i < codes.length; i++) {
                codes[i] = entries.get(i).code;
            }
            known = new Occurrences(codes, codes.length);
            occurrences = known;
        }
        return known;
    }
}
