package org.khokahano.config;

import java.time.Duration;

/**
 * How long what was delivered is kept: the messages' bytes, and what is known about them.
 */
public record KeepConfig(Duration bodies, Duration metadata) {}
