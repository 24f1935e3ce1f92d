package org.khokahano.store;

import org.jspecify.annotations.Nullable;

/** A change of where a stream of numbered messages stands. Runs on the store's writer: pure and quick. */
@FunctionalInterface
public interface SequenceChange {

    /** Changes nothing. */
    SequenceChange NONE = before -> before;

    /**
     * The state that is to be durable from now on.
     *
     * @param before the state as it is, null where the link has none; an OPEN one whose delivery has been
     *     delivered since is shown as SETTLED
     * @return the same object where nothing changes; null where the link is forgotten
     */
    @Nullable
    SequenceState apply(@Nullable SequenceState before);
}
