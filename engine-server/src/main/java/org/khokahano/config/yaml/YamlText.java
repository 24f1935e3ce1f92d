package org.khokahano.config.yaml;

import java.nio.file.Path;
import java.util.Optional;
import org.khokahano.config.problem.Problems;
import org.khokahano.config.problem.SourceFile;

/** YAML that stands in the engine's own code: the defaults of keys. */
public final class YamlText {
    private YamlText() {}

    /**
     * The text's tree. It refers to nothing outside.
     *
     * @throws IllegalArgumentException if it is not YAML, which is a mistake in the code
     */
    public static ConfigNode parse(String text) {
        Problems problems = new Problems();
        Interpolation interpolation =
                new Interpolation(ConfigurationPlace.of(Path.of("")), name -> Optional.empty(), problems);
        Optional<ConfigNode> tree = new YamlFile(interpolation, problems).parse(new SourceFile("default", text));
        if (tree.isEmpty() || problems.errors() > 0) {
            throw new IllegalArgumentException("not YAML: " + text + ": " + problems.toList());
        }
        return tree.get();
    }
}
