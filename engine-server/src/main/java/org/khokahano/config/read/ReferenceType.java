package org.khokahano.config.read;

import java.util.Optional;
import java.util.Set;
import org.khokahano.config.problem.Suggestion;
import org.khokahano.config.yaml.ConfigNode;

/**
 * The name of something that is defined elsewhere in the configuration.
 *
 * @param key the key at the top under which it is defined, such as {@code destinations}
 * @param thing what one of those is called
 */
public record ReferenceType(String key, String thing) implements Type<String> {

    @Override
    public String noun() {
        return "the name of a " + thing;
    }

    @Override
    public String advice() {
        return "it is one of the names under '" + key + "'";
    }

    @Override
    public boolean holdsSecret() {
        return false;
    }

    @Override
    public Optional<String> readPresent(ConfigNode node, Reading reading) {
        if (!(node instanceof ConfigNode.Scalar scalar)) {
            return reading.mismatch(node, this);
        }
        ConfigNode.Entry defined = reading.root().entries().get(key);
        if (defined != null && !(defined.value() instanceof ConfigNode.Mapping)) {
            // What is wrong there is told there.
            return Optional.empty();
        }
        Set<String> names = defined != null && defined.value() instanceof ConfigNode.Mapping mapping
                ? mapping.entries().keySet()
                : Set.of();
        if (!names.contains(scalar.text())) {
            boolean misspelt = defined == null
                    && Suggestion.nearest(key, reading.root().entries().keySet())
                            .isPresent();
            if (!reading.whole() || misspelt) {
                // It may be in the file that could not be read, or below the misspelt key; that is told there.
                return Optional.empty();
            }
            String hint = scalar.showable() ? Suggestion.hint(scalar.text(), names, key) : "";
            reading.error(scalar.location(), "there is no " + thing + " " + scalar.shown(), hint);
            return Optional.empty();
        }
        return Optional.of(scalar.text());
    }
}
