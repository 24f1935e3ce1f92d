package org.khokahano.config.yaml;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a configuration is. A revision is a copy of the files that somebody wrote; what was not copied,
 * certificates and secrets above all, stays where it came from.
 *
 * @param directory its files
 * @param origin where they were copied from; the same directory where they were not
 */
public record ConfigurationPlace(Path directory, Path origin) {

    public static ConfigurationPlace of(Path directory) {
        return new ConfigurationPlace(directory, directory);
    }

    /** A file that the configuration names: among its own files or, where it is not, at their origin. */
    public Path resolve(String name) {
        Path own = directory.resolve(name);
        return Files.exists(own) ? own : origin.resolve(name);
    }
}
