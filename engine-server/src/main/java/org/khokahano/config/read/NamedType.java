package org.khokahano.config.read;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.khokahano.config.yaml.ConfigNode;

/**
 * A mapping of names, chosen by whoever writes the configuration, to things of one kind.
 *
 * @param thing what one of them is called
 * @param name what a name looks like
 * @param nameAdvice the same for people
 */
public record NamedType<T>(String thing, Pattern name, String nameAdvice, Type<T> element)
        implements Type<Map<String, T>> {

    @Override
    public String noun() {
        return "a mapping with a name for each " + thing;
    }

    @Override
    public String advice() {
        return "write 'name: ...' for each " + thing;
    }

    @Override
    public boolean holdsSecret() {
        return element.holdsSecret();
    }

    @Override
    public Optional<Map<String, T>> readPresent(ConfigNode node, Reading reading) {
        if (!(node instanceof ConfigNode.Mapping mapping)) {
            return reading.mismatch(node, this);
        }
        Map<String, T> things = new LinkedHashMap<>();
        mapping.entries().forEach((key, entry) -> {
            if (!name.matcher(key).matches()) {
                reading.error(entry.keyLocation(), "'" + key + "' cannot be the name of a " + thing, nameAdvice);
            }
            reading.read(entry.value(), element).ifPresent(value -> things.put(key, value));
        });
        return Optional.of(Collections.unmodifiableMap(things));
    }
}
