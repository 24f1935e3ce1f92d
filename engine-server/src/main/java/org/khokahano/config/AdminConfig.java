package org.khokahano.config;

import org.khokahano.config.value.HostPort;

/**
 * Where the metrics, the API and the console are served.
 */
public record AdminConfig(HostPort listen) {}
