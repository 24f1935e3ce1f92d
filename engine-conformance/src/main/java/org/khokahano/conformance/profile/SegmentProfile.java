package org.khokahano.conformance.profile;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a segment.
 *
 * @param fields by their numbers
 */
public record SegmentProfile(
        @Nullable UsageRule usage, @Nullable Bounds cardinality, Levels levels, Map<Integer, ElementProfile> fields) {}
