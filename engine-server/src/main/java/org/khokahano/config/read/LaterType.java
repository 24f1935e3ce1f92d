package org.khokahano.config.read;

import java.util.Optional;
import java.util.function.Supplier;
import org.khokahano.config.yaml.ConfigNode;

/** A type that is declared later: a section may hold others of its own kind. None of them holds a secret. */
public record LaterType<T>(String noun, Supplier<Type<T>> type) implements Type<T> {

    @Override
    public String advice() {
        return type.get().advice();
    }

    @Override
    public boolean holdsSecret() {
        return false;
    }

    @Override
    public Optional<T> readPresent(ConfigNode node, Reading reading) {
        return type.get().readPresent(node, reading);
    }
}
