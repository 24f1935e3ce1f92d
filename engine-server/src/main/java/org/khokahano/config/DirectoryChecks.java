package org.khokahano.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.khokahano.config.problem.Location;
import org.khokahano.config.problem.Problems;
import org.khokahano.config.yaml.Locations;

/** The directories that are named: that they are there, and that no two uses of one are at odds. */
final class DirectoryChecks {

    private final EngineConfig config;
    private final Locations locations;
    private final Problems problems;
    private final Map<Path, Use> read = new HashMap<>();

    DirectoryChecks(EngineConfig config, Locations locations, Problems problems) {
        this.config = config;
        this.locations = locations;
        this.problems = problems;
    }

    private record Use(String what, Location place) {}

    void check() {
        config.listeners().forEach((name, listener) -> {
            if (listener.transport() instanceof DirectoryListenerConfig directory) {
                checkRead(name, directory);
                if (listener.format().isPresent()) {
                    warnOfFormat(name, listener, directory);
                }
            }
        });
        config.listeners().forEach((name, listener) -> {
            if (listener.transport() instanceof DirectoryListenerConfig directory) {
                checkMoved(name, "processed", directory.processedPath());
                checkMoved(name, "failed", directory.failedPath());
            }
        });
        config.destinations().forEach((name, destination) -> {
            if (destination.transport() instanceof DirectoryDestinationConfig directory) {
                checkWritten(name, directory);
                if (destination.format().isPresent() && directory.name().matches(".*\\{(controlId|type)}.*")) {
                    problems.error(
                            locations.value("destinations", name, "directory", "name"),
                            "what a format makes has no MSH-9 and MSH-10 to be read from",
                            "name the files by {messageId} and {deliveryId}");
                }
                if (destination.format().isPresent() && directory.name().endsWith(".hl7")) {
                    problems.warning(
                            locations.value("destinations", name, "directory"),
                            "the files will be called .hl7, and hold what the format writes",
                            "add a 'name' to it, such as {messageId}-{deliveryId}.csv");
                }
            }
        });
    }

    private void checkRead(String name, DirectoryListenerConfig directory) {
        Location place = locations.value("listeners", name, "directory", "path");
        if (!directory.create() || Files.exists(directory.path())) {
            checkUsable(directory.path(), place);
        }
        Use earlier = read.putIfAbsent(real(directory.path()), new Use("listener '" + name + "'", place));
        if (earlier != null) {
            problems.error(
                    place,
                    "the directory is read by " + earlier.what() + " too",
                    "see " + earlier.place() + "; give each listener a directory of its own");
        }
    }

    private void warnOfFormat(String name, ListenerConfig listener, DirectoryListenerConfig directory) {
        if (directory.pattern().equals("*.hl7")) {
            problems.warning(
                    locations.value("listeners", name, "directory"),
                    "only files named *.hl7 are read, and the format reads something else",
                    "add a 'pattern' to it, such as *.csv");
        }
        if (listener.accept().duplicates().isEmpty()) {
            problems.warning(
                    locations.value("listeners", name, "accept", "duplicates"),
                    "a file that was read in part is read again from its beginning, and its records are sent twice",
                    "remove 'duplicates: off'; the same record is known by its content");
        }
    }

    private void checkMoved(String name, String key, Path path) {
        Use reader = read.get(real(path));
        if (reader != null) {
            problems.error(
                    locations.value("listeners", name, "directory", key),
                    "files that are moved there would be read again by " + reader.what(),
                    "see " + reader.place() + "; move them to a directory that nobody reads");
        }
    }

    private void checkWritten(String name, DirectoryDestinationConfig directory) {
        Location place = locations.value("destinations", name, "directory", "path");
        checkUsable(directory.path(), place);
        Use reader = read.get(real(directory.path()));
        if (reader != null) {
            problems.error(
                    place,
                    "what is written there would be read again by " + reader.what(),
                    "see " + reader.place() + "; write to another directory");
        }
    }

    private void checkUsable(Path path, Location place) {
        if (!Files.isDirectory(path)) {
            problems.error(
                    place,
                    "there is no directory " + path,
                    "make it, or write its path in full: a relative one begins where the engine is started");
        } else if (!Files.isReadable(path) || !Files.isWritable(path)) {
            problems.error(
                    place,
                    "the directory " + path + " cannot be written",
                    "check its permissions for the engine's user");
        }
    }

    /** One path for all the ways to write it; links are followed where the directory is there. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (java.io.IOException notThere) {
            return path.toAbsolutePath().normalize();
        }
    }
}
