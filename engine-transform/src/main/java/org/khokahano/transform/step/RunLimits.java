package org.khokahano.transform.step;

import java.time.Duration;

/**
 * What mapping one message may cost.
 *
 * @param steps how many steps are taken, each round of a loop counted
 * @param time how long it may take
 * @param size how many bytes may come of it, all messages together
 */
public record RunLimits(int steps, Duration time, long size) {}
