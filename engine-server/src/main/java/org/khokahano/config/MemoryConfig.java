package org.khokahano.config;

/**
 * How much of a lane's backlog is in memory; the rest waits in the store.
 */
public record MemoryConfig(int messages, long bytes) {}
