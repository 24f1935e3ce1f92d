package org.khokahano.config;

import org.khokahano.config.value.Secret;

/**
 * A user and a password (RFC 7617).
 */
public record BasicConfig(String user, Secret password) {}
