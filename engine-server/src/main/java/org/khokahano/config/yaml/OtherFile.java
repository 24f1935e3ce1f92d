package org.khokahano.config.yaml;

import java.nio.file.Path;
import java.util.Optional;
import org.khokahano.config.problem.Problems;

/** Files of a configuration that are not part of its tree, such as mappings and cases: each is a tree of its own. */
public final class OtherFile {
    private final Path directory;
    private final Problems problems;
    private final YamlFile yaml;
    private final String kind;
    private final String firstKey;

    /**
     * @param kind what such a file is called: {@code a mapping file}
     * @param firstKey the key that it begins with
     */
    public OtherFile(
            ConfigurationPlace place, Environment environment, Problems problems, String kind, String firstKey) {
        this.kind = kind;
        this.firstKey = firstKey;
        this.directory = place.directory();
        this.problems = problems;
        this.yaml = new YamlFile(new Interpolation(place, environment, problems), problems);
    }

    /**
     * The tree of a file; empty where it could not be read, which is noted then.
     *
     * @param name relative to the configuration's directory
     */
    public Optional<ConfigNode.Mapping> read(String name) {
        Optional<ConfigNode> tree = yaml.read(directory.resolve(name), name);
        if (tree.isPresent() && !(tree.get() instanceof ConfigNode.Mapping)) {
            if (!(tree.get() instanceof ConfigNode.Broken)) {
                problems.error(
                        tree.get().location(),
                        kind + " has keys with values, not " + tree.get().kind(),
                        "begin with its name: '" + firstKey + ": ...'");
            }
            return Optional.empty();
        }
        return tree.map(node -> (ConfigNode.Mapping) node);
    }
}
