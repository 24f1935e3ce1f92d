package org.khokahano.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * A file for each delivery.
 *
 * @param path relative to wherever the engine is started
 * @param name a template
 */
public record DirectoryDestinationConfig(Path path, String name, Duration timeout) implements DestinationTransport {}
