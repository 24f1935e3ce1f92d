package org.khokahano.conformance.rule;

/** The merged rules of some segments of a name. */
record CompiledSegmentSlice(ElementTest where, CompiledSegment rules) {}
