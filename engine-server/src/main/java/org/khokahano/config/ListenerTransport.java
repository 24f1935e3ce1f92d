package org.khokahano.config;

/** How messages reach a listener. */
public sealed interface ListenerTransport permits MllpListenerConfig, HttpListenerConfig, DirectoryListenerConfig {}
