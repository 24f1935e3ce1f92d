package org.khokahano.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.khokahano.config.problem.Problems;
import org.khokahano.config.problem.SourceFile;

/** Mapping files that lie in the configuration's directory and that nothing names. */
final class UnusedMappings {
    private static final int DEEPEST = 8;
    private static final int MOST_FILES = 10_000;
    private static final long LARGEST_BYTES = 1024 * 1024;

    private final Path directory;
    private final Problems problems;

    UnusedMappings(Path directory, Problems problems) {
        this.directory = directory;
        this.problems = problems;
    }

    /** What cannot be read is no mapping of this configuration, and is left alone. */
    void warn(EngineConfig config) {
        try (Stream<Path> files = Files.walk(directory, DEEPEST)) {
            List<Path> written = files.limit(MOST_FILES)
                    .filter(file -> file.toString().endsWith(".yaml") && Files.isRegularFile(file))
                    .toList();
            written.forEach(file -> {
                String name = directory.relativize(file).toString().replace('\\', '/');
                if (!config.mappings().containsKey(name)) {
                    warnIfMapping(file, name);
                }
            });
        } catch (IOException | UncheckedIOException unreadable) {
            // A directory of somebody else's among the files; the configuration itself was read.
            return;
        }
    }

    private void warnIfMapping(Path file, String name) {
        try {
            String text = Files.size(file) > LARGEST_BYTES ? "" : Files.readString(file, StandardCharsets.UTF_8);
            List<String> lines = text.lines().toList();
            for (int number = 0; number < lines.size(); number++) {
                if (lines.get(number).matches("mapping:.*")) {
                    problems.warning(
                            new SourceFile(name, text).at(number + 1, 1),
                            "nothing uses this mapping file",
                            "name '" + name + "' in the 'map' of a route or in a 'call', or remove the file");
                    return;
                }
                if (lines.get(number).matches("[a-zA-Z].*")) {
                    return;
                }
            }
        } catch (MalformedInputException notText) {
            // Not written for this engine.
            return;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
