package org.khokahano.routing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.khokahano.event.EngineEvents;
import org.khokahano.lane.Destination;
import org.khokahano.message.Message;
import org.khokahano.route.RoutePlanner;
import org.khokahano.routing.RouteTrace.Verdict;
import org.khokahano.store.NewDelivery;

/**
 * All routes in the order of the configuration; every one that matches takes the message, and a
 * destination that several choose gets it once.
 *
 * <p>A condition that fails says neither yes nor no. Then the deliveries of its route are held: the
 * message is stored and acknowledged, nothing wrong goes out, and an operator sees it, mends the route
 * and releases it. A destination that another route chooses gets the message all the same.
 */
public final class Routes implements RoutePlanner {

    private final List<Route> routes;
    private final EngineEvents events;

    public Routes(List<Route> routes, EngineEvents events) {
        this.routes = List.copyOf(routes);
        this.events = events;
    }

    @Override
    public List<NewDelivery> plan(Message message, String listener, String facility) {
        Set<Destination> chosen = new LinkedHashSet<>();
        Map<Destination, String> held = Map.of();
        ConditionInput input = new ConditionInput(message, listener, facility);
        for (Route route : routes) {
            if (!route.isFrom(listener)) {
                continue;
            }
            Condition when = route.when();
            try {
                if (when == null || when.matches(input)) {
                    chosen.addAll(route.to());
                }
            } catch (FailedConditionException e) {
                events.conditionFailed(route.name(), e.reason());
                held = held.isEmpty() ? new LinkedHashMap<>() : held;
                for (Destination destination : route.to()) {
                    held.putIfAbsent(destination, "the condition of route " + route.name() + " failed: " + e.reason());
                }
            }
        }
        List<NewDelivery> deliveries = new ArrayList<>(chosen.size() + held.size());
        for (Destination destination : chosen) {
            deliveries.add(destination.deliveryOf(message));
        }
        held.forEach((destination, why) -> {
            if (!chosen.contains(destination)) {
                deliveries.add(destination.deliveryOf(message).held(why));
            }
        });
        return deliveries;
    }

    /** What each route would do with a message, in their order. Changes nothing and tells nobody. */
    public List<RouteTrace> explain(Message message, String listener, String facility) {
        ConditionInput input = new ConditionInput(message, listener, facility);
        return routes.stream().map(route -> explain(route, input, listener)).toList();
    }

    private static RouteTrace explain(Route route, ConditionInput input, String listener) {
        List<String> to = route.to().stream().map(Destination::name).toList();
        if (!route.isFrom(listener)) {
            String why = "it takes messages from " + String.join(", ", route.from()) + " only";
            return new RouteTrace(route.name(), Verdict.OTHER_LISTENER, why, List.of());
        }
        Condition when = route.when();
        if (when == null) {
            return new RouteTrace(route.name(), Verdict.MATCHED, "it has no condition", to);
        }
        try {
            return when.matches(input)
                    ? new RouteTrace(route.name(), Verdict.MATCHED, "true: " + when.text(), to)
                    : new RouteTrace(route.name(), Verdict.NOT_MATCHED, "false: " + when.text(), List.of());
        } catch (FailedConditionException e) {
            return new RouteTrace(route.name(), Verdict.FAILED, e.reason() + ": " + when.text(), to);
        }
    }
}
