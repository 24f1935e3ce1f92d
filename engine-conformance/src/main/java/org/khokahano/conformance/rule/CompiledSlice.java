package org.khokahano.conformance.rule;

/** The merged rules of some repetitions of a field. */
record CompiledSlice(Slice slice, CompiledElement rules) {}
