package org.khokahano.config.profile;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.khokahano.config.problem.Problems;
import org.khokahano.config.read.Placed;
import org.khokahano.config.read.Reading;
import org.khokahano.config.yaml.ConfigNode;
import org.khokahano.config.yaml.ConfigurationPlace;
import org.khokahano.config.yaml.Environment;
import org.khokahano.config.yaml.OtherFile;

/** Reads the profiles that rule sets name, and those that they extend; each once. */
public final class ProfileFiles {
    private static final int MOST_FILES = 1_000;
    private static final String ADVICE = "a path lies within the configuration's directory; that of 'extends' is"
            + " relative to the profile's own file";

    private final Path directory;
    private final Reading reading;
    private final OtherFile files;

    /** @param root the engine's configuration, to which profiles refer by name */
    public ProfileFiles(ConfigurationPlace place, Environment environment, ConfigNode.Mapping root, Problems problems) {
        this.directory = place.directory();
        this.reading = new Reading(place, root, problems);
        this.files = new OtherFile(place, environment, problems, "a profile", "profile");
    }

    /** The file that one profile means by a path in its {@code extends}. */
    public static String resolve(String file, String written) {
        try {
            Path folder = Path.of(file).getParent();
            Path path = folder == null ? Path.of(written) : folder.resolve(written);
            return path.normalize().toString().replace('\\', '/');
        } catch (InvalidPathException malformed) {
            return written;
        }
    }

    /**
     * All profiles by the names of their files; those that could not be read are left out, and noted.
     *
     * @param wanted as rule sets name them, relative to the configuration's directory
     */
    public Map<String, ProfileConfig> read(List<Placed<String>> wanted) {
        Map<String, ProfileConfig> read = new LinkedHashMap<>();
        Set<String> tried = new HashSet<>();
        Deque<Placed<String>> waiting = new ArrayDeque<>(wanted);
        while (!waiting.isEmpty() && tried.size() < MOST_FILES) {
            Placed<String> written = waiting.poll();
            String name = resolve("", written.value());
            if (!isThere(name, written) || !tried.add(name)) {
                continue;
            }
            read(name).ifPresent(profile -> {
                read.put(name, profile);
                profile.parents()
                        .forEach(parent -> waiting.add(new Placed<>(resolve(name, parent.value()), parent.place())));
            });
        }
        return Collections.unmodifiableMap(read);
    }

    private Optional<ProfileConfig> read(String name) {
        return files.read(name).flatMap(tree -> reading.read(tree, ProfileDeclaration.PROFILE));
    }

    private boolean isThere(String name, Placed<String> written) {
        boolean inside = !name.startsWith("/") && !name.startsWith("..");
        try {
            if (inside && Files.isRegularFile(directory.resolve(name))) {
                return true;
            }
        } catch (InvalidPathException malformed) {
            // Told below, like any other name that leads nowhere.
        }
        reading.error(written.place(), "there is no profile '" + name + "'", ADVICE);
        return false;
    }
}
