package org.khokahano.config;

import java.time.Duration;

/**
 * How the engine stops: so long it waits for deliveries under way.
 */
public record ShutdownConfig(Duration drain) {}
