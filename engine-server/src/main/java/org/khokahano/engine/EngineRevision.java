package org.khokahano.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.khokahano.accept.Listener;
import org.khokahano.config.EngineConfig;
import org.khokahano.lane.Destination;
import org.khokahano.plan.RoutePlanner;

/**
 * One configuration with the parts that run by it. Parts that a change leaves alone are the same
 * objects in the revision before and after it.
 *
 * @param number its number; messages that are planned by it carry it
 * @param planner where messages go by it
 * @param destinations by name, in the order of the configuration, as are the listeners
 */
record EngineRevision(
        int number,
        EngineConfig config,
        RoutePlanner planner,
        Map<String, Destination> destinations,
        Map<String, OpenListener> listeners) {

    EngineRevision {
        destinations = Collections.unmodifiableMap(new LinkedHashMap<>(destinations));
        listeners = Collections.unmodifiableMap(new LinkedHashMap<>(listeners));
    }

    List<Listener> ports() {
        return listeners.values().stream().map(OpenListener::listener).toList();
    }
}
