package org.khokahano.config.mapping;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.khokahano.config.mapping.StepConfig.CallConfig;
import org.khokahano.config.problem.Problems;
import org.khokahano.config.read.Placed;
import org.khokahano.config.read.Reading;
import org.khokahano.config.yaml.ConfigNode;
import org.khokahano.config.yaml.ConfigurationPlace;
import org.khokahano.config.yaml.Environment;
import org.khokahano.config.yaml.OtherFile;

/** Reads the mapping files that routes name, and those that their steps call; each once. */
public final class MappingFiles {
    private static final int MOST_FILES = 1_000;

    private final Path directory;
    private final Reading reading;
    private final OtherFile files;
    private final Map<String, MappingConfig> read = new LinkedHashMap<>();
    private final Map<String, Boolean> tried = new LinkedHashMap<>();

    /** @param root the engine's configuration, to which mappings refer by name */
    public MappingFiles(ConfigurationPlace place, Environment environment, ConfigNode.Mapping root, Problems problems) {
        this.directory = place.directory();
        this.reading = new Reading(place, root, problems);
        this.files = new OtherFile(place, environment, problems, "a mapping file", "mapping");
    }

    /** All mappings by the names of their files; those that could not be read are left out, and noted. */
    public Map<String, MappingConfig> read(List<Placed<String>> wanted) {
        Deque<Placed<String>> waiting = new ArrayDeque<>(wanted);
        while (!waiting.isEmpty() && tried.size() < MOST_FILES) {
            Placed<String> name = waiting.poll();
            if (!isThere(name) || tried.putIfAbsent(name.value(), true) != null) {
                continue;
            }
            read(name.value()).ifPresent(mapping -> {
                read.put(name.value(), mapping);
                waiting.addAll(calls(mapping.steps()));
            });
        }
        return Map.copyOf(read);
    }

    private Optional<MappingConfig> read(String name) {
        return files.read(name).flatMap(tree -> reading.read(tree, MappingDeclaration.MAPPING));
    }

    private boolean isThere(Placed<String> name) {
        boolean relative = !name.value().startsWith("/") && !name.value().contains("..");
        try {
            if (relative && Files.isRegularFile(directory.resolve(name.value()))) {
                return true;
            }
        } catch (InvalidPathException malformed) {
            // Told below, like any other name that leads nowhere.
        }
        reading.error(
                name.place(),
                "there is no mapping file '" + name.value() + "'",
                "a path is relative to the configuration's directory, and lies within it");
        return false;
    }

    /** The files that these steps call, those inside of other steps too. */
    static List<Placed<String>> calls(List<StepConfig> steps) {
        List<Placed<String>> calls = new ArrayList<>();
        for (StepConfig step : steps) {
            if (step instanceof CallConfig call) {
                calls.add(call.subject());
            }
            calls.addAll(calls(step.inner()));
        }
        return calls;
    }
}
