package org.khokahano.conformance.rule;

import org.jspecify.annotations.Nullable;

/** The merged rules of a place. Its arrays are never changed. */
record CompiledElement(
        ElementCheck[] whole,
        ElementCheck[] value,
        CompiledElement[] parts,
        @Nullable Rule beyond,
        int typedByField,
        @Nullable CompiledTypes types,
        CompiledSlice[] slices) {}
