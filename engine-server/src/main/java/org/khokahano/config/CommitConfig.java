package org.khokahano.config;

/**
 * How much one durable commit takes at most: so many messages, and so many bytes of them.
 */
public record CommitConfig(int maxBatch, long maxBytes) {}
