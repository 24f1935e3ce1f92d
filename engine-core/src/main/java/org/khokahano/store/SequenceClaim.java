package org.khokahano.store;

/**
 * The number that a received message has in its stream. It is appended only if that is the number that
 * comes next (2.10.1).
 *
 * @param number MSH-13, positive
 */
public record SequenceClaim(SequenceLink link, long number) {}
