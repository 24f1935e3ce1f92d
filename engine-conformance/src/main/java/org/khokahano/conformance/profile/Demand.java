package org.khokahano.conformance.profile;

import org.jspecify.annotations.Nullable;

/** What a rule between fields asks for. */
public sealed interface Demand {

    /** Something is true. */
    record Holds(PlaceCondition condition) implements Demand {}

    /**
     * Segments stand so often in the message, or in the group that it is asked for.
     *
     * @param segment their name
     * @param matching which of them are counted; null for all
     */
    record Counts(String segment, @Nullable PlaceCondition matching, Bounds bounds) implements Demand {}
}
