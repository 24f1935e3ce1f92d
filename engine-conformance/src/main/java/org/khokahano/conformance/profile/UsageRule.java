package org.khokahano.conformance.profile;

import org.jspecify.annotations.Nullable;

/**
 * The usage of a place, maybe with a condition.
 *
 * @param usage without a condition, or where it is true
 * @param otherwise where the condition is false
 */
public record UsageRule(Usage usage, @Nullable PlaceCondition when, Usage otherwise) {

    /** A usage that is the same for all messages. */
    public static UsageRule of(Usage usage) {
        return new UsageRule(usage, null, usage);
    }

    /** Whether anything can be wrong with it. */
    boolean demands() {
        return isStrict(usage) || when != null && isStrict(otherwise);
    }

    private static boolean isStrict(Usage usage) {
        return usage == Usage.R || usage == Usage.X;
    }
}
