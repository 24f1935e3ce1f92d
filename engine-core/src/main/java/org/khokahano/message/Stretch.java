package org.khokahano.message;

/**
 * Neighbouring segments of a {@link Draft} that are walked over together: one segment, or a group. It
 * moves with its segments when others come or go before it, and grows with what is added inside.
 */
public final class Stretch {
    private int from;
    private int to;

    Stretch(int from, int to) {
        this.from = from;
        this.to = to;
    }

    /** The position of its first segment, from 0. */
    public int from() {
        return from;
    }

    /** The position behind its last segment. */
    public int to() {
        return to;
    }

    /** Whether all its segments were removed. */
    public boolean isEmpty() {
        return from >= to;
    }

    void inserted(int position) {
        if (position <= from) {
            from++;
            to++;
        } else if (position < to) {
            to++;
        }
    }

    /** Takes a segment in that was put behind its last one. */
    void grow() {
        to++;
    }

    void removed(int position) {
        if (position < from) {
            from--;
            to--;
        } else if (position < to) {
            to--;
        }
    }

    @Override
    public String toString() {
        return "segments " + from + " to " + to;
    }
}
