package org.khokahano.conformance.profile;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a field, component or subcomponent.
 *
 * @param name for people; empty where there is none
 * @param cardinality of a field's repetitions
 * @param parts components or subcomponents by their numbers
 */
public record ElementProfile(
        String name,
        @Nullable UsageRule usage,
        @Nullable Bounds cardinality,
        ValueProfile value,
        Map<Integer, ElementProfile> parts,
        List<SliceProfile> slices,
        Levels levels) {}
