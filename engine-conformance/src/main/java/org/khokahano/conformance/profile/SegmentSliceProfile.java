package org.khokahano.conformance.profile;

import java.util.Map;

/**
 * What is said of some segments of a name.
 *
 * @param where which they are
 * @param fields by their numbers
 */
public record SegmentSliceProfile(
        String name, PlaceCondition where, Map<Integer, ElementProfile> fields, Levels levels) {}
