package org.khokahano.config;

/**
 * How the engine's log looks and how much is in it.
 */
public record LogConfig(LogFormat format, LogLevel level) {}
