package org.khokahano.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.khokahano.config.ConfigurationReader;
import org.khokahano.config.ConfigurationResult;
import org.khokahano.config.yaml.Environment;

/** A profile of whatever bytes, which a configuration names: it is read, or refused with what is wrong with it. */
public final class ProfileFuzz {
    /** How many a build tries: some ten seconds. */
    public static final int INPUTS = 2_000;

    private static final Path DIRECTORY = directory();
    private static final Environment NOTHING = name -> Optional.empty();

    private ProfileFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        try {
            Files.write(DIRECTORY.resolve("profile.yaml"), input);
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
            made.resolve("profile.yaml").toFile().deleteOnExit();
            Path engine = made.resolve("engine.yaml");
            engine.toFile().deleteOnExit();
            Files.writeString(engine, """
                    engine: fuzz
                    validation: {set: {structure: error, profiles: [profile.yaml]}}
                    listeners: {in: {mllp: {port: 2575}, validate: {with: set}}}
                    destinations: {out: {mllp: {host: 127.0.0.1, port: 2576}}}
                    routes: {all: {to: [out]}}
                    """);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
