package org.khokahano.config;

/**
 * How a listener goes by sequence numbers (R33-R35, R37).
 *
 * @param by whose messages share one stream
 * @param unnumbered what becomes of a message without a number
 */
public record ReceivedSequenceConfig(SequenceBy by, Unnumbered unnumbered) {}
