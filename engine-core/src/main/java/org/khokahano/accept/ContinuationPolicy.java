package org.khokahano.accept;

import java.time.Duration;

/**
 * How messages in several fragments are taken (2.10.2).
 *
 * @param timeout how long the next fragment may take, measured from the last one or from the start of
 *     the engine (R42)
 * @param maxBytes the longest message, all its fragments together
 * @param maxPending how many messages may be unfinished at a time
 */
public record ContinuationPolicy(Duration timeout, long maxBytes, int maxPending) {}
