package org.khokahano.config;

import java.util.Optional;

/**
 * Bounds over the whole engine.
 *
 * @param unfinishedFrames how many bytes the unfinished MLLP frames of all connections may hold
 * @param facilities how many sending facilities validation counts apart
 */
public record LimitsConfig(Optional<Long> unfinishedFrames, int facilities) {}
