package org.khokahano.message;

import java.util.Arrays;

/** The one pass over a message that finds its segments; what it found is a {@link SegmentIndex}. */
final class SegmentScan {
    private static final int USUAL_SEGMENTS = 16;

    private final Source source;
    private final int end;
    private int[] starts = new int[USUAL_SEGMENTS];
    private int[] ends = new int[USUAL_SEGMENTS];
    private int[] codes = new int[USUAL_SEGMENTS];
    private int count;
    private int warnings;

    private SegmentScan(Source source, int start, int end) {
        this.source = source;
        this.end = end;
        byte[] scan = source.scan;
        boolean endsWithCr = endsWithCr(start);
        int at = start;
        while (at < end) {
            if (isLineEnd(scan[at])) {
                at++;
                continue;
            }
            int lineEnd = endOfLine(at, endsWithCr);
            add(at, lineEnd);
            at = lineEnd;
        }
        if (!isLineEnd(scan[end - 1])) {
            warnings |= Warning.MISSING_LAST_CR.bit();
        }
    }

    /** Whether MSH ends with a CR alone: then a LF further on may be data. */
    private boolean endsWithCr(int start) {
        int at = ByteSearch.indexOfLineEnd(source.scan, start, end);
        int next = at + 1;
        return at < end && source.scan[at] == '\r' && (next >= end || source.scan[next] != '\n');
    }

    private int endOfLine(int from, boolean endsWithCr) {
        byte[] scan = source.scan;
        int at = ByteSearch.indexOfLineEnd(scan, from, end);
        while (at < end && scan[at] == '\n' && endsWithCr && !segmentFollows(at + 1)) {
            warnings |= Warning.LF_IN_DATA.bit();
            at = ByteSearch.indexOfLineEnd(scan, at + 1, end);
        }
        if (at < end && scan[at] == '\n') {
            warnings |= Warning.LF_SEGMENT_END.bit();
        } else if (at + 1 < end && scan[at + 1] == '\n') {
            warnings |= Warning.CRLF_SEGMENT_END.bit();
        }
        return at;
    }

    private boolean segmentFollows(int at) {
        if (at >= end || isLineEnd(source.scan[at])) {
            return true;
        }
        int nameEnd = Math.min(at + SegmentNames.LENGTH, end);
        boolean alone = nameEnd >= end || isLineEnd(source.scan[nameEnd]);
        int to = alone ? nameEnd : nameEnd + 1;
        return SegmentNames.codeAt(source, at, to) != SegmentNames.UNNAMED;
    }

    /** Whether it is MSH all the same: with other delimiters, or behind framing, a byte order mark or white space. */
    private boolean isFramedHeader(int from, int to) {
        byte[] scan = source.scan;
        int at = from;
        while (at < to && scan[at] <= ' ') {
            at++;
        }
        int after = at + SegmentNames.LENGTH;
        return after < to
                && scan[at] == 'M'
                && scan[at + 1] == 'S'
                && scan[at + 2] == 'H'
                && !Opening.isText(scan[after]);
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
            if (count > 0 && isFramedHeader(from, to)) {
                warnings |= Warning.REPEATED_MSH.bit();
            }
        } else if (code == SegmentNames.MSH && count > 0) {
            warnings |= Warning.REPEATED_MSH.bit();
        }
        starts[count] = from;
        ends[count] = to;
        codes[count] = code;
        count++;
    }

    static SegmentIndex index(Source source, int start, int end) {
        SegmentScan scan = new SegmentScan(source, start, end);
        return new SegmentIndex(scan.starts, scan.ends, scan.codes, scan.count, scan.warnings);
    }
}
