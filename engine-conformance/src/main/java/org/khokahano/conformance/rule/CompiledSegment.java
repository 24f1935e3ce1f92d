package org.khokahano.conformance.rule;

import org.jspecify.annotations.Nullable;

/** The merged rules of a segment. Its array is never changed. */
record CompiledSegment(
        String name, CompiledElement[] fields, @Nullable Rule beyond) {}
