package org.khokahano.config;

/** How messages reach a destination. */
public sealed interface DestinationTransport
        permits MllpDestinationConfig, HttpDestinationConfig, DirectoryDestinationConfig {}
