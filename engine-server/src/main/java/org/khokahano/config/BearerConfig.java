package org.khokahano.config;

import org.khokahano.config.value.Secret;

/**
 * A token (RFC 6750).
 */
public record BearerConfig(Secret token) {}
