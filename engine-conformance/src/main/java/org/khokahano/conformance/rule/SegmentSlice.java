package org.khokahano.conformance.rule;

import java.util.function.Consumer;

/**
 * Some segments of a name, found by what they hold.
 *
 * @param where whether a segment belongs to it; the element is the whole segment
 * @param more what is said of them beside, or instead of, what is said of all
 */
record SegmentSlice(ElementTest where, Consumer<SegmentRules> more) {}
