package org.khokahano.conformance.profile;

import org.jspecify.annotations.Nullable;
import org.khokahano.validation.Severity;

/**
 * How grave it is to break rules of each kind at one place; null takes rules of that kind away there.
 *
 * @param table of the binding that stands there
 */
public record Levels(
        @Nullable Severity usage,
        @Nullable Severity cardinality,
        @Nullable Severity length,
        @Nullable Severity pattern,
        @Nullable Severity constant,
        @Nullable Severity table,
        @Nullable Severity dataType,
        @Nullable Severity slice) {}
