package org.khokahano.config;

import java.time.Duration;

/**
 * How messages in several fragments are taken (R38-R42).
 *
 * @param timeout how long the next fragment may take
 * @param maxSizeBytes the longest message, all its fragments together
 * @param maxPending how many messages may be unfinished at a time
 */
public record ContinuationConfig(Duration timeout, long maxSizeBytes, int maxPending) {}
