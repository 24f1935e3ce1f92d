package org.khokahano.config.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.khokahano.config.problem.Location;

/**
 * Where each part of a configuration is written, for checks that come after it was read. A part is
 * found by the keys that lead to it, an item of a list by its number from 0:
 * {@code value("routes", "lab-orders", "to", "0")}. What is not written, as a default, is found at the
 * nearest part around it that is.
 */
public final class Locations {
    private final Map<List<String>, Location> keys = new HashMap<>();
    private final Map<List<String>, Location> values = new HashMap<>();

    /** The places of everything in a tree. */
    public Locations(ConfigNode.Mapping root) {
        keys.put(List.of(), root.location());
        collect(List.of(), root);
    }

    /** Where a key is written; for an item of a list, where the item is. */
    public Location key(String... path) {
        return nearest(keys, List.of(path));
    }

    /** Where a value is written. */
    public Location value(String... path) {
        return values.containsKey(List.of(path)) ? nearest(values, List.of(path)) : key(path);
    }

    /** Whether something is written there at all. */
    public boolean isWritten(String... path) {
        return values.containsKey(List.of(path));
    }

    private static Location nearest(Map<List<String>, Location> places, List<String> path) {
        Location place = places.get(path);
        if (place != null) {
            return place;
        }
        if (path.isEmpty()) {
            throw new IllegalStateException("a tree without a root");
        }
        return nearest(places, path.subList(0, path.size() - 1));
    }

    private void collect(List<String> path, ConfigNode node) {
        values.put(path, node.location());
        if (node instanceof ConfigNode.Mapping mapping) {
            mapping.entries().forEach((key, entry) -> {
                List<String> below = append(path, key);
                keys.put(below, entry.keyLocation());
                collect(below, entry.value());
            });
        } else if (node instanceof ConfigNode.Sequence sequence) {
            for (int index = 0; index < sequence.items().size(); index++) {
                List<String> below = append(path, String.valueOf(index));
                keys.put(below, sequence.items().get(index).location());
                collect(below, sequence.items().get(index));
            }
        }
    }

    private static List<String> append(List<String> path, String step) {
        List<String> longer = new ArrayList<>(path);
        longer.add(step);
        return List.copyOf(longer);
    }
}
