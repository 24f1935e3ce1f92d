package org.khokahano.routing;

import java.util.ArrayList;
import java.util.List;
import org.khokahano.event.EngineEvents;
import org.khokahano.expression.Condition;
import org.khokahano.expression.ConditionObserver;
import org.khokahano.expression.ExpressionInput;
import org.khokahano.lane.Destination;
import org.khokahano.message.Message;
import org.khokahano.plan.Plan;
import org.khokahano.plan.RoutePlanner;
import org.khokahano.route.Origin;
import org.khokahano.routing.RouteTrace.Asked;
import org.khokahano.routing.RouteTrace.Verdict;
import org.khokahano.table.CodeTables;
import org.khokahano.validation.Judgement;
import org.khokahano.validation.Response;

/**
 * All routes in the order of the configuration. Every one that matches takes the message, or the first
 * one only; what none of a listener's took goes to its routes marked otherwise. A destination that several
 * routes choose gets it once for each different mapping.
 *
 * <p>A condition that fails says neither yes nor no. Then the deliveries of its route are held: the
 * message is stored and acknowledged, nothing wrong goes out, and an operator sees it, mends the route
 * and releases it. A destination that another route chooses gets the message all the same; where the first
 * match counts, no later route is asked. A mapping that fails, or that misses a code, holds its deliveries
 * in the same way.
 */
public final class Routes implements RoutePlanner {

    private static final EngineEvents NOBODY = new EngineEvents() {};

    private final List<Route> routes;
    private final RouteMatch match;
    private final CodeTables tables;
    private final EngineEvents events;

    public Routes(List<Route> routes, RouteMatch match, CodeTables tables, EngineEvents events) {
        List<Route> inOrder = new ArrayList<>();
        routes.stream().filter(route -> !route.otherwise()).forEach(inOrder::add);
        routes.stream().filter(Route::otherwise).forEach(inOrder::add);
        this.routes = List.copyOf(inOrder);
        this.match = match;
        this.tables = tables;
        this.events = events;
    }

    /** All routes in the order in which they are asked. */
    public List<Route> routes() {
        return routes;
    }

    @Override
    public Plan plan(Message message, Origin origin) {
        return plan(message, origin, ExpressionInput.of(message, origin, tables), events);
    }

    @Override
    public Plan planAgain(Message message, Origin origin) {
        return plan(message, origin, ExpressionInput.of(message, origin, tables), NOBODY);
    }

    /** As {@link #plan(Message, Origin)}, telling the observer of every condition that is asked. */
    public Plan plan(Message message, Origin origin, ConditionObserver observer) {
        return plan(message, origin, ExpressionInput.of(message, origin, tables).observedBy(observer), events);
    }

    private Plan plan(Message message, Origin origin, ExpressionInput input, EngineEvents told) {
        DeliveryPlan plan = new DeliveryPlan(message, origin, told);
        String keptOff = "";
        Taken taken = new Taken(match);
        for (int i = 0; i < routes.size(); i++) {
            Route route = routes.get(i);
            if (!route.isFrom(origin.listener()) || !taken.leaves(route)) {
                continue;
            }
            RouteDecision decision = RouteDecision.of(route, input);

            if (decision.verdict() == Verdict.MATCHED) {
                takeWhereValid(route, message, origin, plan);
                taken.by(route);
            } else if (decision.verdict() == Verdict.FILTERED) {
                told.filtered(route.name(), decision.code());
                keptOff = keptOff.isEmpty() ? decision.why() : keptOff;
            } else if (decision.verdict() == Verdict.FAILED) {
                told.conditionFailed(route.name(), decision.code());
                plan.hold(route, decision.why());
                taken.by(route);
            }
        }
        return new Plan(plan.deliveries(), taken.byAny(), keptOff, plan.judgements());
    }

    /** What a route validates is the message as it was received; what is invalid waits for an operator. */
    private static void takeWhereValid(Route route, Message message, Origin origin, DeliveryPlan plan) {
        Judgement judgement = route.judge(message, origin);
        if (judgement != null) {
            plan.judged(judgement);
        }
        if (judgement != null && judgement.verdict().response().compareTo(Response.HOLD) <= 0) {
            plan.hold(route, route.whyInvalid(judgement));
        } else {
            plan.take(route);
        }
    }

    /** What each route would do with a message, in the order asked. Changes nothing and tells nobody. */
    public List<RouteTrace> explain(Message message, Origin origin) {
        ExpressionInput input = ExpressionInput.of(message, origin, tables);
        List<RouteTrace> traces = new ArrayList<>(routes.size());
        Taken taken = new Taken(match);
        for (Route route : routes) {
            RouteTrace trace = validated(route, message, origin, explain(route, input, origin.listener(), taken));
            traces.add(trace);
            if (trace.isTaken()) {
                taken.by(route);
            }
        }
        return traces;
    }

    /** What the route's validation says to what it would take. */
    private static RouteTrace validated(Route route, Message message, Origin origin, RouteTrace trace) {
        Judgement judgement = trace.verdict() == Verdict.MATCHED ? route.judge(message, origin) : null;
        if (judgement == null) {
            return trace;
        }
        boolean held = judgement.verdict().response().compareTo(Response.HOLD) <= 0;
        return new RouteTrace(
                trace.route(),
                held ? Verdict.INVALID : trace.verdict(),
                held ? route.whyInvalid(judgement) : trace.why(),
                trace.destinations(),
                trace.asked(),
                judgement);
    }

    private static RouteTrace explain(Route route, ExpressionInput input, String listener, Taken taken) {
        if (!route.isFrom(listener)) {
            String why = "it takes messages from " + String.join(", ", route.from()) + " only";
            return new RouteTrace(route.name(), Verdict.OTHER_LISTENER, why, List.of(), List.of());
        }
        List<Asked> asked = new ArrayList<>();
        Condition when = route.when();
        if (when != null) {
            asked.add(new Asked("", when.trace(input)));
        }
        route.except()
                .forEach(filter ->
                        asked.add(new Asked(filter.name(), filter.when().trace(input))));
        if (!taken.leaves(route)) {
            String why = "route " + taken.first() + " took the message";
            return new RouteTrace(route.name(), Verdict.NOT_NEEDED, why, List.of(), asked);
        }
        RouteDecision decision = RouteDecision.of(route, input);
        boolean takes = decision.verdict() == Verdict.MATCHED || decision.verdict() == Verdict.FAILED;
        List<String> to = takes ? route.to().stream().map(Destination::name).toList() : List.of();
        boolean plain = decision.verdict() == Verdict.MATCHED || decision.verdict() == Verdict.NOT_MATCHED;
        String why = plain && when != null ? decision.why() + ": " + when.text() : decision.why();
        return new RouteTrace(route.name(), decision.verdict(), why, to, asked);
    }

    /** Which routes took a message so far. */
    private static final class Taken {
        private final RouteMatch match;
        private String first = "";
        private boolean byOrdinary;

        Taken(RouteMatch match) {
            this.match = match;
        }

        /** Whether the route is still to be asked. */
        boolean leaves(Route route) {
            if (match == RouteMatch.FIRST && !first.isEmpty()) {
                return false;
            }
            return !route.otherwise() || !byOrdinary;
        }

        void by(Route route) {
            first = first.isEmpty() ? route.name() : first;
            byOrdinary |= !route.otherwise();
        }

        boolean byAny() {
            return !first.isEmpty();
        }

        String first() {
            return first;
        }
    }
}
