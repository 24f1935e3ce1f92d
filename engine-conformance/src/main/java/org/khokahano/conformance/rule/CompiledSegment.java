package org.khokahano.conformance.rule;

import org.jspecify.annotations.Nullable;

/** The merged rules of a segment. Its arrays are never changed. */
record CompiledSegment(
        String name,
        CompiledElement[] fields,
        CompiledSegmentSlice[] slices,
        @Nullable Rule beyond) {}
