package org.khokahano.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.khokahano.config.RouteConfig;
import org.khokahano.event.EngineEvents;
import org.khokahano.expression.Condition;
import org.khokahano.expression.ExpressionCompiler;
import org.khokahano.expression.InvalidExpressionException;
import org.khokahano.lane.Destination;
import org.khokahano.routing.Route;
import org.khokahano.routing.Routes;

/** The routes with their conditions compiled. */
final class RouteAssembly {

    private @Nullable ExpressionCompiler compiler;

    private RouteAssembly() {}

    static Routes routes(
            Map<String, RouteConfig> configured,
            Map<String, Destination> destinations,
            MappingAssembly mappings,
            EngineEvents events) {
        RouteAssembly assembly = new RouteAssembly();
        List<Route> routes = new ArrayList<>();
        configured.forEach((name, route) -> {
            List<Destination> to = route.to().stream().map(destinations::get).toList();
            Condition when =
                    route.when().map(text -> assembly.condition(name, text)).orElse(null);
            routes.add(new Route(name, Set.copyOf(route.from()), when, mappings.mapping(route.map()), to));
        });
        return new Routes(routes, events);
    }

    /** Loads CEL with the first condition, since that takes half a second of the engine's start. */
    private Condition condition(String route, String text) {
        if (compiler == null) {
            compiler = new ExpressionCompiler(Set.of());
        }
        try {
            return compiler.condition(text);
        } catch (InvalidExpressionException e) {
            throw new IllegalStateException("route " + route + " was not checked when the configuration was read", e);
        }
    }
}
