package org.khokahano.conformance.profile;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a segment.
 *
 * @param fields by their numbers
 * @param slices what more is said of some of the name
 */
public record SegmentProfile(
        @Nullable UsageRule usage,
        @Nullable Bounds cardinality,
        Levels levels,
        Map<Integer, ElementProfile> fields,
        List<SegmentSliceProfile> slices) {

    boolean saysOfFields() {
        return !fields.isEmpty() || !slices.isEmpty();
    }
}
