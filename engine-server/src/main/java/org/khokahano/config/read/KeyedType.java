package org.khokahano.config.read;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.khokahano.config.yaml.ConfigNode;

/** A mapping of names to things, each with the place of its name, for checks that come after reading. */
public record KeyedType<T>(NamedType<T> named) implements Type<Map<String, Placed<T>>> {

    @Override
    public String noun() {
        return named.noun();
    }

    @Override
    public String advice() {
        return named.advice();
    }

    @Override
    public boolean holdsSecret() {
        return named.holdsSecret();
    }

    @Override
    public Optional<Map<String, Placed<T>>> readPresent(ConfigNode node, Reading reading) {
        if (!(node instanceof ConfigNode.Mapping mapping)) {
            return reading.mismatch(node, this);
        }
        Map<String, Placed<T>> placed = new LinkedHashMap<>();
        named.readPresent(node, reading).orElse(Map.of()).forEach((name, thing) -> {
            ConfigNode.Entry entry = mapping.entries().get(name);
            // A name of another form is told of, and checks that come later need not bear with it.
            if (entry != null && named.name().matcher(name).matches()) {
                placed.put(name, new Placed<>(thing, entry.keyLocation()));
            }
        });
        return Optional.of(Collections.unmodifiableMap(placed));
    }
}
