package org.khokahano.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.khokahano.config.yaml.Environment;

/** Where the tests' configurations are. */
final class TestConfigurations {
    private TestConfigurations() {}

    static Path resource(String name) {
        try {
            return Path.of(Optional.ofNullable(
                            TestConfigurations.class.getClassLoader().getResource(name))
                    .orElseThrow()
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A configuration in which every key is written. */
    static Path full() {
        return resource("config/full");
    }

    static Environment fullEnvironment() {
        return environment(Map.of("WEB_TOKEN", "an invented token"));
    }

    static Environment environment(Map<String, String> variables) {
        return name -> Optional.ofNullable(variables.get(name));
    }

    static Path copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
            return to;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static ConfigurationResult read(Path directory, String text) {
        try {
            Files.writeString(directory.resolve("engine.yaml"), text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return ConfigurationReader.read(directory, environment(Map.of()));
    }

    static List<String> messages(ConfigurationResult result) {
        return result.problems().stream()
                .map(problem -> problem.line() + ":" + problem.column() + " " + problem.message())
                .toList();
    }
}
