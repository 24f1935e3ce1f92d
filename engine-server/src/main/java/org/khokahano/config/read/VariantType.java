package org.khokahano.config.read;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.khokahano.config.problem.Suggestion;
import org.khokahano.config.yaml.ConfigNode;

/**
 * One of several sections, each recognised by its first key: {@code {set: ..., to: ...}} by {@code set}.
 *
 * @param thing what one of them is called
 * @param variants the sections by their first keys; asked for late, since one may hold further ones
 */
public record VariantType<T>(String thing, Supplier<Map<String, Section<? extends T>>> variants) implements Type<T> {

    @Override
    public String noun() {
        return "a " + thing;
    }

    @Override
    public String advice() {
        return thing + "s: " + String.join(", ", variants.get().keySet());
    }

    @Override
    public boolean holdsSecret() {
        return false;
    }

    @Override
    public Optional<T> readPresent(ConfigNode node, Reading reading) {
        if (!(node instanceof ConfigNode.Mapping mapping) || mapping.entries().isEmpty()) {
            return reading.mismatch(node, this);
        }
        Map<String, Section<? extends T>> known = variants.get();
        for (Map.Entry<String, ConfigNode.Entry> entry : mapping.entries().entrySet()) {
            boolean cut = entry.getKey().endsWith(")")
                    && entry.getValue().value() instanceof ConfigNode.Scalar scalar
                    && scalar.isNull();
            if (cut) {
                reading.error(
                        entry.getValue().keyLocation(),
                        "a comma inside of {...} ends the value before it",
                        "put the function in quotes: \"date(yyyyMMdd, yyyy)\"");
                return Optional.empty();
            }
        }
        Optional<String> kind =
                mapping.entries().keySet().stream().filter(known::containsKey).findFirst();
        if (kind.isEmpty()) {
            Map.Entry<String, ConfigNode.Entry> first =
                    mapping.entries().entrySet().iterator().next();
            reading.error(
                    first.getValue().keyLocation(),
                    "there is no " + thing + " '" + first.getKey() + "'",
                    Suggestion.hint(first.getKey(), known.keySet(), thing + "s"));
            return Optional.empty();
        }
        Section<? extends T> section = known.get(kind.get());
        return section == null ? Optional.empty() : reading.read(node, section).map(read -> read);
    }
}
