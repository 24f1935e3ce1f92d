package org.khokahano.config;

/** What keeps the messages. */
public sealed interface StorePlaceConfig permits EmbeddedStoreConfig {}
