package org.khokahano.message;

import org.jspecify.annotations.Nullable;

/**
 * Where each segment begins and ends, and its name. All fields but one are final, so that an index
 * that one thread made is whole in another that finds it without a lock.
 */
final class SegmentIndex {
    /** Up to this occurrence the names are simply walked; past it a table answers at once. */
    private static final int WALKED_OCCURRENCES = 8;

    /** So many positions are walked over; whoever asks at each segment of a long message would walk it each time. */
    private static final int WALKED_POSITIONS = 256;

    private final int[] starts;
    private final int[] ends;
    private final int[] codes;
    private final int count;
    private final int warnings;

    /** Made when it is first needed; a race makes it twice, which is harmless. */
    private @Nullable Occurrences occurrences;

    /** Takes the arrays as its own; what they hold past the count is spare room. */
    SegmentIndex(int[] starts, int[] ends, int[] codes, int count, int warnings) {
        this.starts = starts;
        this.ends = ends;
        this.codes = codes;
        this.count = count;
        this.warnings = warnings;
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
        int walked = Math.min(count, WALKED_POSITIONS);
        for (int i = 0; i < walked; i++) {
            if (codes[i] == code && --left == 0) {
                return i;
            }
        }
        return walked == count ? -1 : occurrences().find(code, nth);
    }

    /** The last position before this one of a segment of that name, or -1. */
    int lastBefore(int code, int position) {
        int end = Math.min(position, count);
        int walked = Math.max(0, end - WALKED_POSITIONS);
        for (int i = end - 1; i >= walked; i--) {
            if (codes[i] == code) {
                return i;
            }
        }
        return walked == 0 ? -1 : occurrences().lastBefore(code, walked);
    }

    /** How many segments of that name stand before this position. */
    int countBefore(int code, int position) {
        if (position > WALKED_POSITIONS) {
            return occurrences().countBefore(code, position);
        }
        int found = 0;
        for (int i = 0; i < position; i++) {
            found += codes[i] == code ? 1 : 0;
        }
        return found;
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
