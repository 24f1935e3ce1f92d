package org.khokahano.store.fragment;

import java.util.List;

/**
 * What there is of a message's fragments.
 *
 * @param last the number of the last one that is there; 0 where none could be read
 * @param fragments their bytes in order, where all are there and whole; else empty
 */
public record FragmentReading(State state, int last, List<byte[]> fragments) {

    /** How far fragments can be read. */
    public enum State {
        /** All are there and whole. */
        READ,
        /** There are none: their message was stored or given up. */
        GONE,
        /** One is missing or has not the bytes that came; that does not pass. */
        DAMAGED,
        /** The store cannot read now. */
        NOT_NOW
    }

    public FragmentReading {
        fragments = List.copyOf(fragments);
    }

    public static FragmentReading notNow() {
        return new FragmentReading(State.NOT_NOW, 0, List.of());
    }
}
