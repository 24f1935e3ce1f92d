package org.khokahano.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.khokahano.config.mapping.MappingFiles;
import org.khokahano.config.problem.Problems;
import org.khokahano.config.profile.ProfileFiles;
import org.khokahano.config.read.Key;
import org.khokahano.config.read.NamedType;
import org.khokahano.config.read.Placed;
import org.khokahano.config.read.Reading;
import org.khokahano.config.yaml.ConfigNode;
import org.khokahano.config.yaml.ConfigurationFiles;
import org.khokahano.config.yaml.ConfigurationPlace;
import org.khokahano.config.yaml.Environment;
import org.khokahano.config.yaml.Locations;

/** Reads a configuration's directory. */
public final class ConfigurationReader {
    private ConfigurationReader() {}

    /**
     * Reads {@code engine.yaml} and what it includes, and checks all of it. It opens files of the
     * directory and those that references and TLS name, and nothing else; it never fails but by its
     * result.
     */
    public static ConfigurationResult read(Path directory, Environment environment) {
        return read(ConfigurationPlace.of(directory), environment);
    }

    /** Reads as above what may be a copy of a directory. */
    public static ConfigurationResult read(ConfigurationPlace place, Environment environment) {
        Problems problems = new Problems();
        ConfigurationFiles files = new ConfigurationFiles(place, environment, namedKeys(), problems);
        Optional<ConfigNode.Mapping> tree = files.read();
        if (tree.isEmpty()) {
            return new ConfigurationResult(Optional.empty(), problems.toList(), Optional.empty());
        }
        Locations locations = new Locations(tree.get());
        Reading reading = new Reading(place, tree.get(), problems, files.isWhole());
        Optional<EngineConfig> config = reading.read(tree.get(), EngineDeclaration.ENGINE)
                .map(read -> read.with(
                        new TableFiles(place.directory(), problems).read(read.tables()),
                        new MappingFiles(place, environment, tree.get(), problems).read(mappings(read, locations)),
                        new ProfileFiles(place, environment, tree.get(), problems).read(profiles(read, locations))));
        config.ifPresent(read -> {
            new EngineChecks(read, locations, problems).check();
            new MappingChecks(read.mappings(), read.tables().keySet(), problems).check();
            new TranslateChecks(read, place.directory(), problems).check();
            new ProfileChecks(read.profiles(), read.tables().keySet(), problems).check();
            if (problems.errors() == 0) {
                new UnusedMappings(place.directory(), problems).warn(read);
            }
        });
        return new ConfigurationResult(
                config.filter(read -> problems.errors() == 0), problems.toList(), Optional.of(locations));
    }

    private static List<Placed<String>> mappings(EngineConfig config, Locations locations) {
        List<Placed<String>> files = new ArrayList<>();
        config.routes().forEach((name, route) -> place(files, route.map(), locations, "routes", name, "map"));
        config.listeners()
                .forEach((name, listener) -> listener.reply().ifPresent(reply -> {
                    place(files, reply.map(), locations, "listeners", name, "reply", "map");
                    place(files, reply.mapAnswer(), locations, "listeners", name, "reply", "mapAnswer");
                }));
        return files;
    }

    private static void place(List<Placed<String>> files, List<String> named, Locations locations, String... list) {
        for (int index = 0; index < named.size(); index++) {
            String[] path = Arrays.copyOf(list, list.length + 1);
            path[list.length] = String.valueOf(index);
            files.add(new Placed<>(named.get(index), locations.value(path)));
        }
    }

    private static List<Placed<String>> profiles(EngineConfig config, Locations locations) {
        List<Placed<String>> files = new ArrayList<>();
        config.validation().forEach((name, rules) -> {
            for (int index = 0; index < rules.profiles().size(); index++) {
                files.add(new Placed<>(
                        rules.profiles().get(index),
                        locations.value("validation", name, "profiles", String.valueOf(index))));
            }
        });
        return files;
    }

    // What has names of its own may be spread over files, one for each listener for example.
    private static Set<String> namedKeys() {
        return EngineDeclaration.ENGINE
                .keys()
                .filter(key -> key.type() instanceof NamedType)
                .map(Key::name)
                .collect(Collectors.toSet());
    }
}
