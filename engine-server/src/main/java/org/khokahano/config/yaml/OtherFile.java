package org.khokahano.config.yaml;

import java.nio.file.Path;
import java.util.Optional;
import org.khokahano.config.problem.Problems;

/** Files of a configuration that are not part of its tree, such as mappings: each is a tree of its own. */
public final class OtherFile {
    private final Path directory;
    private final Problems problems;
    private final YamlFile yaml;

    public OtherFile(ConfigurationPlace place, Environment environment, Problems problems) {
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
                        "a mapping file has keys with values, not " + tree.get().kind(),
                        "begin with its name: 'mapping: ...'");
            }
            return Optional.empty();
        }
        return tree.map(node -> (ConfigNode.Mapping) node);
    }
}
