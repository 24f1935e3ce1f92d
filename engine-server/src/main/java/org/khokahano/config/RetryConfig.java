package org.khokahano.config;

import java.time.Duration;

/**
 * When a delivery is tried again.
 *
 * @param jitter by which part of it each wait varies: 0 to 1
 * @param factor how much longer each wait is than the one before
 */
public record RetryConfig(Duration first, Duration max, double jitter, double factor) {}
