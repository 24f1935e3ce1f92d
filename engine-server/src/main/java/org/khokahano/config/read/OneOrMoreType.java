package org.khokahano.config.read;

import java.util.List;
import java.util.Optional;
import org.khokahano.config.yaml.ConfigNode;

/** A single value, or a list of them. */
public record OneOrMoreType<T>(Type<T> element, String plural) implements Type<List<T>> {

    @Override
    public String noun() {
        return element.noun() + ", or a list of " + plural;
    }

    @Override
    public String advice() {
        return element.advice();
    }

    @Override
    public boolean holdsSecret() {
        return element.holdsSecret();
    }

    @Override
    public Optional<List<T>> readPresent(ConfigNode node, Reading reading) {
        return node instanceof ConfigNode.Sequence
                ? reading.read(node, new ListType<>(element, plural))
                : reading.read(node, element).map(List::of);
    }
}
