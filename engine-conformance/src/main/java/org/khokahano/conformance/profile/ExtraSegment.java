package org.khokahano.conformance.profile;

/**
 * A segment that HL7's structure does not have.
 *
 * @param after the segment behind which it stands; empty for any place
 */
public record ExtraSegment(String after, SegmentProfile rules) {}
