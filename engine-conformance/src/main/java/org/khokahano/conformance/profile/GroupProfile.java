package org.khokahano.conformance.profile;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is said of a group, of the groups and segments in it. */
public record GroupProfile(
        @Nullable UsageRule usage,
        @Nullable Bounds cardinality,
        Levels levels,
        Map<String, GroupProfile> groups,
        Map<String, SegmentProfile> segments) {}
