package org.khokahano.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.khokahano.config.EngineConfig;
import org.khokahano.config.FilterConfig;
import org.khokahano.config.RouteConfig;
import org.khokahano.config.RoutingConfig;
import org.khokahano.event.EngineEvents;
import org.khokahano.expression.Condition;
import org.khokahano.expression.ExpressionCompiler;
import org.khokahano.expression.InvalidExpressionException;
import org.khokahano.lane.Destination;
import org.khokahano.mapping.Mapping;
import org.khokahano.routing.Filter;
import org.khokahano.routing.Route;
import org.khokahano.routing.RouteMatch;
import org.khokahano.routing.Routes;
import org.khokahano.table.CodeTables;
import org.khokahano.transform.TraceableMapping;

/** The routes with their conditions compiled. */
final class RouteAssembly {

    private final EngineConfig config;
    private final Map<String, Destination> destinations;
    private final MappingAssembly mappings;
    private final ValidationAssembly validation;
    private final Map<String, Filter> filters = new HashMap<>();
    private @Nullable ExpressionCompiler compiler;

    private RouteAssembly(
            EngineConfig config,
            Map<String, Destination> destinations,
            CodeTables tables,
            ValidationAssembly validation,
            Function<TraceableMapping, Mapping> watch) {
        this.config = config;
        this.validation = validation;
        this.destinations = destinations;
        this.mappings = new MappingAssembly(config.mappings(), tables, watch);
    }

    static Routes routes(
            EngineConfig config,
            Map<String, Destination> destinations,
            ValidationAssembly validation,
            EngineEvents events) {
        return routes(config, destinations, config.codes(), validation, mapping -> mapping, events);
    }

    /**
     * The routes, looked on.
     *
     * @param tables the configuration's code tables, observed or not
     * @param watch what stands before each mapping; it must answer as the mapping does
     */
    static Routes routes(
            EngineConfig config,
            Map<String, Destination> destinations,
            CodeTables tables,
            ValidationAssembly validation,
            Function<TraceableMapping, Mapping> watch,
            EngineEvents events) {
        RouteAssembly assembly = new RouteAssembly(config, destinations, tables, validation, watch);
        List<Route> routes = new ArrayList<>();
        config.routes().forEach((name, route) -> routes.add(assembly.route(name, route)));
        return new Routes(routes, match(config.routing()), tables, events);
    }

    private static RouteMatch match(RoutingConfig routing) {
        return switch (routing.match()) {
            case ALL -> RouteMatch.ALL;
            case FIRST -> RouteMatch.FIRST;
        };
    }

    private Route route(String name, RouteConfig route) {
        return new Route(
                name,
                Set.copyOf(route.from()),
                route.otherwise(),
                route.when().map(text -> condition("route " + name, text)).orElse(null),
                route.except().stream().map(this::filter).toList(),
                mappings.mapping(route.map()),
                validation.policy(route.validate()),
                route.to().stream().map(destinations::get).toList());
    }

    private Filter filter(String name) {
        return filters.computeIfAbsent(name, key -> {
            FilterConfig filter = config.filters().get(name);
            if (filter == null) {
                throw new IllegalStateException("filter " + name + " was not read");
            }
            return new Filter(name, condition("filter " + name, filter.when()), filter.reason());
        });
    }

    /** Loads CEL with the first condition, since that takes half a second of the engine's start. */
    private Condition condition(String where, String text) {
        ExpressionCompiler known = compiler;
        if (known == null) {
            known = new ExpressionCompiler(config.codes().names());
            compiler = known;
        }
        try {
            return known.condition(text);
        } catch (InvalidExpressionException e) {
            throw new IllegalStateException(where + " was not checked when the configuration was read", e);
        }
    }
}
