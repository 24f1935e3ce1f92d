package org.khokahano.config;

/**
 * How a destination's messages are numbered (R36).
 *
 * @param start how the stream is started
 * @param first the number of the first message ever
 * @param behind what is done where the partner expects an earlier number
 */
public record SentSequenceConfig(SequenceStart start, int first, SequenceBehind behind) {}
