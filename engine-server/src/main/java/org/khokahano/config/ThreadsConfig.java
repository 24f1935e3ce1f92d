package org.khokahano.config;

/**
 * How many threads the engine uses: event loops carry the sockets and the lanes.
 */
public record ThreadsConfig(int eventLoops) {}
