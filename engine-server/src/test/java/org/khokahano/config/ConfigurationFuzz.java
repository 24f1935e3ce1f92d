package org.khokahano.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.khokahano.config.yaml.Environment;

/** A configuration of one file, with whatever bytes: it is read, or refused with what is wrong with it. */
public final class ConfigurationFuzz {
    /** How many a build tries: some ten seconds. */
    public static final int INPUTS = 2_000;

    private static final Path DIRECTORY = directory();
    private static final Environment NOTHING = name -> Optional.empty();

    private ConfigurationFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        try {
            Files.write(DIRECTORY.resolve("engine.yaml"), input);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ConfigurationResult result = ConfigurationReader.read(DIRECTORY, NOTHING);
        if (result.config().isEmpty() && result.problems().isEmpty()) {
            throw new AssertionError("refused, and nobody is told why");
        }
    }

    private static Path directory() {
        try {
            Path made = Files.createTempDirectory("khoka-fuzz");
            made.toFile().deleteOnExit();
            made.resolve("engine.yaml").toFile().deleteOnExit();
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
