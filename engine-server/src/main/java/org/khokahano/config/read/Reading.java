package org.khokahano.config.read;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.khokahano.config.problem.Location;
import org.khokahano.config.problem.Problems;
import org.khokahano.config.yaml.ConfigNode;
import org.khokahano.config.yaml.ConfigurationPlace;
import org.khokahano.config.yaml.YamlText;

/**
 * One reading of a configuration by its declaration.
 *
 * @param place what relative paths in it are relative to
 * @param root all of it, for references from one part to another
 * @param whole whether every file could be read; what refers to a part that could not is no mistake
 */
public record Reading(ConfigurationPlace place, ConfigNode.Mapping root, Problems problems, boolean whole) {

    /** A reading of what could be read whole. */
    public Reading(ConfigurationPlace place, ConfigNode.Mapping root, Problems problems) {
        this(place, root, problems, true);
    }

    /** The configuration's own files. */
    public Path directory() {
        return place.directory();
    }

    /** A default as it stands in a declaration. */
    static <T> T ofDefault(Type<T> type, String text) {
        ConfigNode node = YamlText.parse(text);
        ConfigNode.Mapping nothing = new ConfigNode.Mapping(node.location(), Map.of());
        Problems problems = new Problems();
        Optional<T> value = new Reading(ConfigurationPlace.of(Path.of("")), nothing, problems).read(node, type);
        if (value.isEmpty() || problems.errors() > 0) {
            throw new IllegalArgumentException("not a default: " + text + ": " + problems.toList());
        }
        return value.get();
    }

    /** Reads a value that may be missing or broken; whatever is wrong is noted once. */
    public <T> Optional<T> read(ConfigNode node, Type<T> type) {
        if (node instanceof ConfigNode.Broken) {
            if (type.holdsSecret()) {
                node.hide();
            }
            return Optional.empty();
        }
        if (node instanceof ConfigNode.Scalar scalar && scalar.isNull()) {
            error(scalar.location(), "there is no value here; it takes " + type.noun(), type.advice());
            return Optional.empty();
        }
        return type.readPresent(node, this);
    }

    /** Notes that something else stands where the type was expected. */
    public <T> Optional<T> mismatch(ConfigNode node, Type<?> type) {
        return mismatch(node, type, type.advice());
    }

    /** The same with a better hint than the type's own. */
    public <T> Optional<T> mismatch(ConfigNode node, Type<?> type, String hint) {
        if (type.holdsSecret()) {
            node.hide();
        }
        String found = node instanceof ConfigNode.Scalar scalar && !type.holdsSecret() ? scalar.shown() : node.kind();
        error(node.location(), found + " is not " + type.noun(), hint);
        return Optional.empty();
    }

    /** Notes an error. */
    public void error(Location place, String message, String hint) {
        problems.error(place, message, hint);
    }
}
