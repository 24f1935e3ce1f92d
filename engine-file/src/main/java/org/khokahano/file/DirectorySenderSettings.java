package org.khokahano.file;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where a destination's files are written.
 *
 * @param path the directory
 * @param timeout how long writing a file may take
 */
public record DirectorySenderSettings(Path path, FileName name, Duration timeout) {}
