package org.khokahano.config;

import java.time.Duration;

/**
 * How long what was delivered is kept: the messages' bytes, and what is known about them; and how long what
 * validation counted of senders is.
 */
public record KeepConfig(Duration bodies, Duration metadata, Duration conformance) {}
