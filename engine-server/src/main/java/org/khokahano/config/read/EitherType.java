package org.khokahano.config.read;

import java.util.Optional;
import org.khokahano.config.yaml.ConfigNode;

/** A single word where that is enough, or a mapping where there is more to say. */
public record EitherType<T>(Type<T> word, Section<T> section) implements Type<T> {

    @Override
    public String noun() {
        return word.noun() + ", or " + section.noun();
    }

    @Override
    public String advice() {
        return section.advice();
    }

    @Override
    public boolean holdsSecret() {
        return word.holdsSecret() || section.holdsSecret();
    }

    @Override
    public Optional<T> readPresent(ConfigNode node, Reading reading) {
        return node instanceof ConfigNode.Mapping ? reading.read(node, section) : reading.read(node, word);
    }
}
