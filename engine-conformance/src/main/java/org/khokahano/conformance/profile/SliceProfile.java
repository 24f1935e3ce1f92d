package org.khokahano.conformance.profile;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is said of some repetitions of a field. */
public record SliceProfile(
        String name,
        PlaceCondition where,
        @Nullable Bounds cardinality,
        ValueProfile value,
        Map<Integer, ElementProfile> components,
        Levels levels) {}
