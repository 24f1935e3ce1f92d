package org.khokahano.config;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.khokahano.config.problem.Location;
import org.khokahano.config.problem.Problems;
import org.khokahano.config.yaml.Locations;
import org.khokahano.expression.ExpressionCompiler;
import org.khokahano.expression.ExpressionProblem;
import org.khokahano.expression.InvalidExpressionException;

/** The conditions of routes, each compiled so that its mistakes are found where they are written. */
final class RouteChecks {

    private final EngineConfig config;
    private final Locations locations;
    private final Problems problems;

    RouteChecks(EngineConfig config, Locations locations, Problems problems) {
        this.config = config;
        this.locations = locations;
        this.problems = problems;
    }

    void check() {
        // The compiler takes half a second to load, which an engine without conditions need not wait.
        if (config.routes().values().stream().allMatch(route -> route.when().isEmpty())) {
            return;
        }
        ExpressionCompiler compiler = new ExpressionCompiler(Set.of());
        for (Map.Entry<String, RouteConfig> route : config.routes().entrySet()) {
            Optional<String> when = route.getValue().when();
            if (when.isPresent()) {
                check(compiler, route.getKey(), when.get());
            }
        }
    }

    private void check(ExpressionCompiler compiler, String route, String when) {
        try {
            compiler.condition(when);
        } catch (InvalidExpressionException e) {
            Location start = locations.value("routes", route, "when");
            for (ExpressionProblem problem : e.problems()) {
                Location place = ExpressionPlace.within(start, problem.line(), problem.column());
                problems.error(place, problem.message(), problem.hint());
            }
        }
    }
}
