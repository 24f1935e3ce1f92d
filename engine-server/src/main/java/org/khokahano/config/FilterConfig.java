package org.khokahano.config;

/**
 * A named reason to keep messages off routes.
 *
 * @param when a CEL expression over the message, as it is written
 * @param reason why, for whoever asks where a message went
 */
public record FilterConfig(String when, String reason) {}
