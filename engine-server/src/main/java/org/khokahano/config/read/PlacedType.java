package org.khokahano.config.read;

import java.util.Optional;
import org.khokahano.config.yaml.ConfigNode;

/** A value that is read together with its place. */
public record PlacedType<T>(Type<T> value) implements Type<Placed<T>> {

    @Override
    public String noun() {
        return value.noun();
    }

    @Override
    public String advice() {
        return value.advice();
    }

    @Override
    public boolean holdsSecret() {
        return value.holdsSecret();
    }

    @Override
    public Optional<Placed<T>> readPresent(ConfigNode node, Reading reading) {
        return reading.read(node, value).map(read -> new Placed<>(read, node.location()));
    }
}
