package org.khokahano.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.khokahano.config.problem.Location;
import org.khokahano.config.problem.Problems;
import org.khokahano.config.read.Placed;
import org.khokahano.config.yaml.Locations;
import org.khokahano.expression.Condition;
import org.khokahano.expression.ExpressionCompiler;
import org.khokahano.expression.ExpressionProblem;
import org.khokahano.expression.InvalidExpressionException;
import org.khokahano.message.definition.Hl7Definitions;

/**
 * The conditions of routes and filters, each compiled so that its mistakes are found where they are
 * written, and routes that can never take a message.
 */
final class RouteChecks {

    private static final String TYPE = "MSH-9.1";

    private final EngineConfig config;
    private final Locations locations;
    private final Problems problems;
    private final Map<String, Condition> conditions = new HashMap<>();
    private final StepChecks paths;
    private @Nullable ExpressionCompiler compiler;

    RouteChecks(EngineConfig config, Locations locations, Problems problems) {
        this.config = config;
        this.locations = locations;
        this.problems = problems;
        this.paths = new StepChecks(new Hl7Definitions(), Set.of(), problems);
    }

    void check() {
        // With a part missing for an error in it, a route may seem to read other listeners than it does.
        boolean complete = problems.errors() == 0;
        config.filters().forEach((name, filter) -> checkFilter(name, filter.when()));
        config.routes()
                .forEach((name, route) -> route.when().ifPresent(when -> checkRoute(name, route, when, complete)));
        checkOrderKeys();
        warnOfRepetitions();
        if (!complete) {
            return;
        }
        checkOtherwise();
        if (config.routing().match() == RoutingConfig.Match.FIRST) {
            checkBehindOthers();
            warnOfSameConditions();
        }
    }

    /** By a field that does not exist, all messages would have the same key. */
    private void checkOrderKeys() {
        config.destinations()
                .forEach((name, destination) -> destination
                        .order()
                        .key()
                        .ifPresent(key -> paths.field(
                                new Placed<>(key, locations.value("destinations", name, "order", "key")), null)));
    }

    private void warnOfRepetitions() {
        config.routes().forEach((name, route) -> {
            warnOfRepetition(name, "from", route.from());
            warnOfRepetition(name, "to", route.to());
            warnOfRepetition(name, "except", route.except());
        });
    }

    private void warnOfRepetition(String route, String key, List<String> names) {
        for (int index = 1; index < names.size(); index++) {
            String name = names.get(index);
            if (names.indexOf(name) < index) {
                problems.warning(
                        locations.value("routes", route, key, String.valueOf(index)),
                        "'" + name + "' stands in '" + key + "' already",
                        "once is enough; was another meant?");
            }
        }
    }

    /** With the first match only, the second of two that ask the same never has its turn. */
    private void warnOfSameConditions() {
        Map<String, String> asked = new HashMap<>();
        config.routes().forEach((name, route) -> {
            if (route.when().isEmpty() || !route.except().isEmpty()) {
                return;
            }
            for (String listener : listeners(route)) {
                String question = listener + ' ' + route.when().get().replaceAll("\\s+", "");
                String other = asked.putIfAbsent(question, name);
                if (other != null && !other.equals(name)) {
                    problems.warning(
                            locations.value("routes", name, "when"),
                            "the route never takes a message of the listener '" + listener + "': '" + other
                                    + "' asks the same before it",
                            "name both destinations in one route, or mend the condition");
                    return;
                }
            }
        });
    }

    private void checkFilter(String name, String when) {
        Location place = locations.value("filters", name, "when");
        Optional<Condition> condition = compile(place, when);
        if (condition.filter(Condition::isNeverTrue).isPresent()) {
            problems.warning(place, "the filter never keeps anything off: its condition cannot be true", "mend it");
        }
        if (config.routes().values().stream().noneMatch(route -> route.except().contains(name))) {
            problems.warning(
                    locations.key("filters", name),
                    "no route uses the filter '" + name + "'",
                    "name it in the 'except' of a route");
        }
    }

    private void checkRoute(String name, RouteConfig route, String when, boolean complete) {
        Location place = locations.value("routes", name, "when");
        Optional<Condition> compiled = compile(place, when);
        if (compiled.isEmpty()) {
            return;
        }
        Condition condition = compiled.get();
        conditions.put(name, condition);
        if (condition.isNeverTrue()) {
            problems.error(
                    place,
                    "the route never takes a message: its condition cannot be true",
                    "a field has one value: write || between values that exclude each other");
            return;
        }
        if (!complete) {
            return;
        }
        condition.possibleValues(TYPE).ifPresent(types -> checkTypes(route, place, types));
        condition.possibleValues("listener").ifPresent(names -> checkListeners(route, place, names));
    }

    /** A listener that refuses a type never hands it to a route. */
    private void checkTypes(RouteConfig route, Location place, Set<String> types) {
        Set<String> accepted = new TreeSet<>();
        for (String name : route.from().isEmpty() ? config.listeners().keySet() : route.from()) {
            ListenerConfig listener = config.listeners().get(name);
            if (listener == null || listener.accept().types().isEmpty()) {
                return;
            }
            listener.accept().types().forEach(type -> accepted.add(type.split("\\^", 2)[0]));
        }
        if (!accepted.isEmpty() && types.stream().noneMatch(accepted::contains)) {
            problems.warning(
                    place,
                    "the route never takes a message: its listeners refuse " + String.join(", ", new TreeSet<>(types)),
                    "they accept " + String.join(", ", accepted) + "; see 'accept.types'");
        }
    }

    private void checkListeners(RouteConfig route, Location place, Set<String> names) {
        Set<String> heard =
                Set.copyOf(route.from().isEmpty() ? config.listeners().keySet() : route.from());
        if (names.stream().noneMatch(heard::contains)) {
            problems.warning(
                    place,
                    "the route never takes a message: it hears no listener named "
                            + String.join(", ", new TreeSet<>(names)),
                    "it hears " + String.join(", ", new TreeSet<>(heard)));
        }
    }

    /** Of two routes for the rest of a listener, nobody can say which is meant. */
    private void checkOtherwise() {
        Map<String, String> first = new HashMap<>();
        config.routes().forEach((name, route) -> {
            if (!route.otherwise() || route.when().isPresent()) {
                return;
            }
            for (String listener : listeners(route)) {
                String other = first.putIfAbsent(listener, name);
                if (other != null) {
                    problems.error(
                            locations.key("routes", name, "otherwise"),
                            "the route '" + other + "' takes the rest of the listener '" + listener + "' already",
                            "name both destinations in one of them, or add 'when'");
                    return;
                }
            }
        });
    }

    /** With the first match only, nothing comes past a route without a condition. */
    private void checkBehindOthers() {
        Map<String, String> takesAll = new HashMap<>();
        config.routes().forEach((name, route) -> {
            if (route.otherwise()) {
                return;
            }
            List<String> listeners = listeners(route);
            if (!listeners.isEmpty() && takesAll.keySet().containsAll(listeners)) {
                problems.error(
                        locations.key("routes", name),
                        "the route never takes a message: '" + takesAll.get(listeners.get(0))
                                + "' takes all of them before it",
                        "put it before that route, or give that route a 'when' or 'otherwise: true'");
            } else if (takesEverything(name, route)) {
                listeners.forEach(listener -> takesAll.putIfAbsent(listener, name));
            }
        });
    }

    private boolean takesEverything(String name, RouteConfig route) {
        Condition condition = conditions.get(name);
        boolean always = route.when().isEmpty() || condition != null && condition.isAlwaysTrue();
        return always && route.except().isEmpty();
    }

    private List<String> listeners(RouteConfig route) {
        return route.from().isEmpty() ? List.copyOf(config.listeners().keySet()) : route.from();
    }

    private Optional<Condition> compile(Location start, String text) {
        try {
            Condition condition = compiler().condition(text);
            paths.read(start, condition.reads());
            return Optional.of(condition);
        } catch (InvalidExpressionException e) {
            for (ExpressionProblem problem : e.problems()) {
                Location place = ExpressionPlace.within(start, problem.line(), problem.column());
                problems.error(place, problem.message(), problem.hint());
            }
            return Optional.empty();
        }
    }

    /** Takes half a second to load, which an engine without conditions need not wait. */
    private ExpressionCompiler compiler() {
        ExpressionCompiler known = compiler;
        if (known == null) {
            known = new ExpressionCompiler(config.tables().keySet());
            compiler = known;
        }
        return known;
    }
}
