package org.khokahano.config;

/**
 * Where messages are kept, and for how long.
 */
public record StoreConfig(StorePlaceConfig place, KeepConfig keep) {}
