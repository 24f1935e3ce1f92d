package org.khokahano.routing;

import java.util.List;
import org.khokahano.event.EngineEvents;
import org.khokahano.expression.Condition;
import org.khokahano.expression.ExpressionInput;
import org.khokahano.expression.FailedExpressionException;
import org.khokahano.lane.Destination;
import org.khokahano.message.Message;
import org.khokahano.route.Origin;
import org.khokahano.route.RoutePlanner;
import org.khokahano.routing.RouteTrace.Verdict;
import org.khokahano.store.NewDelivery;
import org.khokahano.table.CodeTables;

/**
 * All routes in the order of the configuration; every one that matches takes the message. A destination
 * that several routes choose gets it once for each different mapping.
 *
 * <p>A condition that fails says neither yes nor no. Then the deliveries of its route are held: the
 * message is stored and acknowledged, nothing wrong goes out, and an operator sees it, mends the route
 * and releases it. A destination that another route chooses gets the message all the same. A mapping
 * that fails, or that misses a code, holds its deliveries in the same way.
 */
public final class Routes implements RoutePlanner {

    private final List<Route> routes;
    private final EngineEvents events;

    public Routes(List<Route> routes, EngineEvents events) {
        this.routes = List.copyOf(routes);
        this.events = events;
    }

    @Override
    public List<NewDelivery> plan(Message message, Origin origin) {
        DeliveryPlan plan = new DeliveryPlan(message, origin);
        ExpressionInput input = ExpressionInput.of(message, origin, CodeTables.none());
        for (Route route : routes) {
            if (!route.isFrom(origin.listener())) {
                continue;
            }
            Condition when = route.when();
            try {
                if (when == null || when.matches(input)) {
                    plan.take(route);
                }
            } catch (FailedExpressionException e) {
                events.conditionFailed(route.name(), e.reason());
                plan.hold(route, "the condition of route " + route.name() + " failed: " + e.reason());
            }
        }
        return plan.deliveries();
    }

    /** What each route would do with a message, in their order. Changes nothing and tells nobody. */
    public List<RouteTrace> explain(Message message, Origin origin) {
        ExpressionInput input = ExpressionInput.of(message, origin, CodeTables.none());
        return routes.stream()
                .map(route -> explain(route, input, origin.listener()))
                .toList();
    }

    private static RouteTrace explain(Route route, ExpressionInput input, String listener) {
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
        } catch (FailedExpressionException e) {
            return new RouteTrace(route.name(), Verdict.FAILED, e.reason() + ": " + when.text(), to);
        }
    }
}
