package org.khokahano.conformance.profile;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is said of some repetitions of a field.
 *
 * @param where which they are; null where it is one by its number
 * @param repetition from 1; 0 where {@code where} says which they are
 */
public record SliceProfile(
        String name,
        @Nullable PlaceCondition where,
        int repetition,
        @Nullable Bounds cardinality,
        ValueProfile value,
        Map<Integer, ElementProfile> components,
        Levels levels) {}
