package org.khokahano.config.yaml;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.khokahano.config.problem.Problems;
import org.khokahano.config.problem.SourceFile;

/**
 * All files of a configuration as one tree: {@code engine.yaml} and those that its {@code include}
 * names. The files' keys are laid side by side; the mappings of names (listeners, routes, ...) are
 * joined, and what is said twice is a problem that tells both places.
 */
public final class ConfigurationFiles {
    /** The file that a configuration begins with. */
    public static final String FIRST_FILE = "engine.yaml";

    /** The key that names further files. */
    public static final String INCLUDE = "include";

    private final Path directory;
    private final Set<String> joinedKeys;
    private final Problems problems;
    private final YamlFile yaml;
    private boolean whole = true;

    /**
     * @param joinedKeys the keys at the top whose mappings may be spread over several files
     */
    public ConfigurationFiles(
            ConfigurationPlace place, Environment environment, Set<String> joinedKeys, Problems problems) {
        this.directory = place.directory();
        this.joinedKeys = Set.copyOf(joinedKeys);
        this.problems = problems;
        this.yaml = new YamlFile(new Interpolation(place, environment, problems), problems);
    }

    /** The tree, as far as it could be read; empty if the first file could not be. */
    public Optional<ConfigNode.Mapping> read() {
        Optional<ConfigNode> first = yaml.read(directory.resolve(FIRST_FILE), FIRST_FILE);
        if (first.isEmpty()) {
            return Optional.empty();
        }
        if (!(first.get() instanceof ConfigNode.Mapping root)) {
            reportNoMapping(first.get());
            return Optional.empty();
        }
        Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>(root.entries());
        List<IncludedFile> included = Optional.ofNullable(root.entries().get(INCLUDE))
                .map(include -> new Includes(directory, problems).find(include.value()))
                .orElse(List.of());
        for (IncludedFile file : included) {
            join(file, entries);
        }
        return Optional.of(new ConfigNode.Mapping(root.location(), entries));
    }

    /** Whether every file could be read. What is missing from the tree may be in one that could not. */
    public boolean isWhole() {
        return whole;
    }

    private void join(IncludedFile file, Map<String, ConfigNode.Entry> entries) {
        Optional<ConfigNode> tree = yaml.read(file.path(), file.name());
        if (tree.isEmpty()) {
            whole = false;
            return;
        }
        if (!(tree.get() instanceof ConfigNode.Mapping mapping)) {
            if (tree.get() instanceof ConfigNode.Scalar scalar && scalar.isNull()) {
                problems.warning(new SourceFile(file.name(), "").at(1, 1), "the file is empty", "");
            } else {
                reportNoMapping(tree.get());
            }
            return;
        }
        mapping.entries().forEach((key, entry) -> {
            ConfigNode.Entry earlier = entries.get(key);
            if (key.equals(INCLUDE)) {
                problems.error(entry.keyLocation(), "only " + FIRST_FILE + " may include files", "name the file there");
            } else if (earlier == null) {
                entries.put(key, entry);
            } else if (joinedKeys.contains(key)
                    && earlier.value() instanceof ConfigNode.Mapping before
                    && entry.value() instanceof ConfigNode.Mapping more) {
                entries.put(key, new ConfigNode.Entry(earlier.keyLocation(), joined(before, more)));
            } else {
                reportTwice(key, entry, earlier);
            }
        });
    }

    private ConfigNode.Mapping joined(ConfigNode.Mapping before, ConfigNode.Mapping more) {
        Map<String, ConfigNode.Entry> names = new LinkedHashMap<>(before.entries());
        more.entries().forEach((name, entry) -> {
            ConfigNode.Entry earlier = names.putIfAbsent(name, entry);
            if (earlier != null) {
                reportTwice(name, entry, earlier);
            }
        });
        return new ConfigNode.Mapping(before.location(), names);
    }

    private void reportTwice(String key, ConfigNode.Entry entry, ConfigNode.Entry earlier) {
        problems.error(
                entry.keyLocation(),
                "'" + key + "' is defined a second time",
                "it is also at " + earlier.keyLocation());
    }

    private void reportNoMapping(ConfigNode found) {
        if (found instanceof ConfigNode.Broken) {
            return;
        }
        boolean empty = found instanceof ConfigNode.Scalar scalar && scalar.isNull();
        problems.error(
                found.location(),
                empty ? "the file is empty" : "a configuration is a mapping of keys to values, not " + found.kind(),
                "begin with the engine's name: 'engine: ...'");
    }

    /**
     * A file that is included.
     *
     * @param name relative to the configuration's directory, with slashes
     */
    record IncludedFile(Path path, String name) {}
}
