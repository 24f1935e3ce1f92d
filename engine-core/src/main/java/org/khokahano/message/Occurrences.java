package org.khokahano.message;

import java.util.Arrays;

/** The positions of the segments of each name, so that the nth of 100,000 is found at once. */
final class Occurrences {
    private final int[] keys;
    private final int[] firsts;
    private final int[] counts;
    private final int[] positions;

    Occurrences(int[] codes, int count) {
        int size = Integer.highestOneBit(Math.max(4, count)) * 4;
        keys = new int[size];
        firsts = new int[size];
        counts = new int[size];
        for (int i = 0; i < count; i++) {
            int slot = slot(codes[i]);
            keys[slot] = codes[i];
            counts[slot]++;
        }
        int next = 0;
        for (int slot = 0; slot < size; slot++) {
            firsts[slot] = next;
            next += counts[slot];
        }
        positions = new int[count];
        int[] filled = firsts.clone();
        for (int i = 0; i < count; i++) {
            positions[filled[slot(codes[i])]++] = i;
        }
    }

    int find(int code, int nth) {
        int slot = slot(code);
        return counts[slot] >= nth ? positions[firsts[slot] + nth - 1] : -1;
    }

    int count(int code) {
        return counts[slot(code)];
    }

    /** The last position of that name before this one; -1 where there is none. */
    int lastBefore(int code, int position) {
        int before = countBefore(code, position);
        return before == 0 ? -1 : positions[firsts[slot(code)] + before - 1];
    }

    /** How many positions of that name are before this one. */
    int countBefore(int code, int position) {
        int slot = slot(code);
        int first = firsts[slot];
        int found = Arrays.binarySearch(positions, first, first + counts[slot], position);
        return (found < 0 ? -found - 1 : found) - first;
    }

    int[] all(int code) {
        int slot = slot(code);
        return Arrays.copyOfRange(positions, firsts[slot], firsts[slot] + counts[slot]);
    }

    /** The slot of that name, or the free one where it would go; unnamed lines are never asked. */
    private int slot(int code) {
        int mask = keys.length - 1;
        int slot = ((code * 0x9E3779B9) >>> 7) & mask;
        while (keys[slot] != code && counts[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}
