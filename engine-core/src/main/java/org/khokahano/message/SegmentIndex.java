package org.khokahano.message;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Where each segment begins and ends, and its name; made in one pass over the message. */
final class SegmentIndex {
    private static final int USUAL_SEGMENTS = 16;

    /** Up to this occurrence the names are simply walked; past it a table answers at once. */
    private static final int WALKED_OCCURRENCES = 8;

    private final Source source;
    private final int end;
    private int[] starts = new int[USUAL_SEGMENTS];
    private int[] ends = new int[USUAL_SEGMENTS];
    private int[] codes = new int[USUAL_SEGMENTS];
    private int count;
    private int warnings;

    /** Made when it is first needed; a race makes it twice, which is harmless. */
    private @Nullable Occurrences occurrences;

    SegmentIndex(Source source, int start, int end) {
        this.source = source;
        this.end = end;
        byte[] scan = source.scan;
        int width = source.width;
        boolean endsWithCr = endsWithCr(start);
        int at = start;
        while (at < end) {
            if (isLineEnd(scan[at])) {
                at += width;
                continue;
            }
            int lineEnd = endOfLine(at, endsWithCr);
            add(at, lineEnd);
            at = lineEnd;
        }
        if (!isLineEnd(scan[end - width])) {
            warnings |= Warning.MISSING_LAST_CR.bit();
        }
    }

    /** Whether MSH ends with a CR alone: then a LF further on may be data. */
    private boolean endsWithCr(int start) {
        int at = ByteSearch.indexOfLineEnd(source.scan, start, end);
        int next = at + source.width;
        return at < end && source.scan[at] == '\r' && (next >= end || source.scan[next] != '\n');
    }

    private int endOfLine(int from, boolean endsWithCr) {
        byte[] scan = source.scan;
        int width = source.width;
        int at = ByteSearch.indexOfLineEnd(scan, from, end);
        while (at < end && scan[at] == '\n' && endsWithCr && !segmentFollows(at + width)) {
            warnings |= Warning.LF_IN_DATA.bit();
            at = ByteSearch.indexOfLineEnd(scan, at + width, end);
        }
        if (at < end && scan[at] == '\n') {
            warnings |= Warning.LF_SEGMENT_END.bit();
        } else if (at + width < end && scan[at + width] == '\n') {
            warnings |= Warning.CRLF_SEGMENT_END.bit();
        }
        return at;
    }

    private boolean segmentFollows(int at) {
        if (at >= end || isLineEnd(source.scan[at])) {
            return true;
        }
        int nameEnd = Math.min(at + SegmentNames.LENGTH * source.width, end);
        boolean alone = nameEnd >= end || isLineEnd(source.scan[nameEnd]);
        int to = alone ? nameEnd : nameEnd + source.width;
        return SegmentNames.codeAt(source, at, to) != SegmentNames.UNNAMED;
    }

    private static boolean isLineEnd(byte candidate) {
        return candidate == '\r' || candidate == '\n';
    }

    private void add(int from, int to) {
        if (count == starts.length) {
            int size = count * 2;
            starts = Arrays.copyOf(starts, size);
            ends = Arrays.copyOf(ends, size);
            codes = Arrays.copyOf(codes, size);
        }
        int code = SegmentNames.codeAt(source, from, to);
        if (code == SegmentNames.UNNAMED) {
            warnings |= Warning.NOT_A_SEGMENT.bit();
        } else if (code == SegmentNames.MSH && count > 0) {
            warnings |= Warning.REPEATED_MSH.bit();
        }
        starts[count] = from;
        ends[count] = to;
        codes[count] = code;
        count++;
    }

    int count() {
        return count;
    }

    int warnings() {
        return warnings;
    }

    int start(int position) {
        return starts[position];
    }

    int end(int position) {
        return ends[position];
    }

    int code(int position) {
        return codes[position];
    }

    int count(int code) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            if (codes[i] == code) {
                found++;
            }
        }
        return found;
    }

    /** The position (from 0) of the nth (from 1) segment of that name, or -1. */
    int find(int code, int nth) {
        if (nth > WALKED_OCCURRENCES) {
            return occurrences().find(code, nth);
        }
        int left = nth;
        for (int i = 0; i < count; i++) {
            if (codes[i] == code && --left == 0) {
                return i;
            }
        }
        return -1;
    }

    /** The next position after this one of a segment of that name, or -1. */
    int next(int code, int after) {
        for (int i = after + 1; i < count; i++) {
            if (codes[i] == code) {
                return i;
            }
        }
        return -1;
    }

    private Occurrences occurrences() {
        Occurrences known = occurrences;
        if (known == null) {
            known = new Occurrences(codes, count);
            occurrences = known;
        }
        return known;
    }
}
