package org.khokahano.routing;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.khokahano.lane.Destination;

/**
 * One route.
 *
 * @param name the route's name
 * @param from listeners whose messages it looks at; empty for all
 * @param when what a message must fulfil; null for all messages
 * @param to where it sends them
 */
public record Route(String name, Set<String> from, @Nullable Condition when, List<Destination> to) {

    public Route {
        from = Set.copyOf(from);
        to = List.copyOf(to);
    }

    boolean isFrom(String listener) {
        return from.isEmpty() || from.contains(listener);
    }
}
