package org.khokahano.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.khokahano.event.EngineEvents;
import org.khokahano.expression.ConditionTrace;
import org.khokahano.expression.ExpressionCompiler;
import org.khokahano.expression.InvalidExpressionException;
import org.khokahano.lane.AnswerTable;
import org.khokahano.lane.Destination;
import org.khokahano.lane.Lane;
import org.khokahano.lane.LaneLimits;
import org.khokahano.lane.LaneSettings;
import org.khokahano.lane.RetryPolicy;
import org.khokahano.loop.EngineClock;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.mapping.Mapping;
import org.khokahano.mapping.MappingOutcome;
import org.khokahano.message.Message;
import org.khokahano.plan.Plan;
import org.khokahano.route.Origin;
import org.khokahano.routing.RouteTrace.Verdict;
import org.khokahano.send.SendOutcome;
import org.khokahano.send.Sender;
import org.khokahano.store.Completion;
import org.khokahano.store.DeliveryQueues;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.LaneBacklog;
import org.khokahano.store.LanePage;
import org.khokahano.store.LanePageRequest;
import org.khokahano.store.Mark;
import org.khokahano.store.MessageStore;
import org.khokahano.store.NewDelivery;
import org.khokahano.store.NewMessage;
import org.khokahano.store.Quarantined;
import org.khokahano.table.CodeTables;

@Tag("unit")
class RoutesTest {

    private static final Origin FROM_EHR = new Origin("ehr", "QMMH", 1_795_000_000_000L);

    private static final ExpressionCompiler COMPILER = new ExpressionCompiler(Set.of());

    private final List<String> failures = new ArrayList<>();
    private final Destination lis = destination("lis");
    private final Destination registry = destination("registry");
    private final Message order = TestMessages.order();

    @Test
    @DisplayName("Every route that matches takes the message, and a destination that several choose gets it once")
    void shouldTakeEachMatchingRouteOnce() throws Exception {
        Routes routes = routes(
                route("all", Set.of(), null, lis),
                route("orders", Set.of("ehr"), "msg.type == 'OML'", lis, registry),
                route("others", Set.of("web"), null, registry));

        assertThat(planned(routes)).containsExactly("lis QUEUED", "registry QUEUED");
        assertThat(failures).isEmpty();
    }

    @Test
    @DisplayName("A message that no route takes has no delivery")
    void shouldPlanNothingWithoutAMatch() throws Exception {
        assertThat(planned(routes(route("admissions", Set.of(), "msg.type == 'ADT'", lis))))
                .isEmpty();
    }

    @Test
    @DisplayName(
            "Where a condition fails, the route's deliveries are held, unless another route chooses the destination")
    void shouldHoldWhatAFailedConditionLeavesOpen() throws Exception {
        Routes routes = routes(
                route("broken", Set.of(), "msg.all('NTE-3')[0] == 'x'", lis, registry),
                route("all", Set.of(), null, lis));

        List<NewDelivery> deliveries = routes.plan(order, FROM_EHR).deliveries();

        assertThat(deliveries)
                .extracting(each -> each.destination() + " " + each.state())
                .containsExactly("lis QUEUED", "registry HELD");
        assertThat(deliveries.get(1).state()).isEqualTo(DeliveryState.HELD);
        assertThat(deliveries.get(1).reason()).isEqualTo("the condition of route broken failed: indexOutOfBounds");
        assertThat(failures).containsExactly("broken indexOutOfBounds");
    }

    @Test
    @DisplayName("An explanation says of each route what it does and why, and tells nobody")
    void shouldExplainEachRoute() throws Exception {
        Routes routes = routes(
                route("all", Set.of(), null, lis),
                route("web-only", Set.of("web"), null, lis),
                route("orders", Set.of(), "msg.type == 'OML'", registry),
                route("admissions", Set.of(), "msg.type == 'ADT'", registry),
                route("broken", Set.of(), "msg.all('NTE-3')[0] == 'x'", registry));

        List<RouteTrace> traces = routes.explain(order, FROM_EHR);

        assertThat(traces)
                .extracting(RouteTrace::verdict)
                .containsExactly(
                        Verdict.MATCHED, Verdict.OTHER_LISTENER, Verdict.MATCHED, Verdict.NOT_MATCHED, Verdict.FAILED);
        assertThat(traces.get(2).why()).isEqualTo("true: msg.type == 'OML'");
        assertThat(traces.get(2).destinations()).containsExactly("registry");
        assertThat(traces.get(3).destinations()).isEmpty();
        assertThat(failures).isEmpty();
    }

    @Test
    @DisplayName("Where the first match counts, later routes are not asked, and a failed condition is a match")
    void shouldStopAtTheFirstMatch() throws Exception {
        Routes routes = routes(
                RouteMatch.FIRST,
                route("admissions", Set.of(), "msg.type == 'ADT'", lis),
                route("orders", Set.of(), "msg.type == 'OML'", registry),
                route("all", Set.of(), null, lis));

        assertThat(planned(routes)).containsExactly("registry QUEUED");
        assertThat(routes.explain(order, FROM_EHR).get(2).verdict()).isEqualTo(Verdict.NOT_NEEDED);
        assertThat(routes.explain(order, FROM_EHR).get(2).why()).isEqualTo("route orders took the message");
        assertThat(planned(routes(
                        RouteMatch.FIRST,
                        route("broken", Set.of(), "msg.all('NTE-3')[0] == 'x'", registry),
                        route("all", Set.of(), null, lis))))
                .containsExactly("registry HELD");
    }

    @Test
    @DisplayName("Otherwise takes what no other route took, wherever it stands")
    void shouldTakeOtherwiseWhatNoOtherRouteTook() throws Exception {
        Route rest = new Route("rest", Set.of(), true, null, List.of(), null, List.of(registry));

        assertThat(planned(routes(rest, route("orders", Set.of(), "msg.type == 'OML'", lis))))
                .containsExactly("lis QUEUED");
        assertThat(planned(routes(rest, route("admissions", Set.of(), "msg.type == 'ADT'", lis))))
                .containsExactly("registry QUEUED");
        assertThat(planned(routes(rest, route("web-only", Set.of("web"), null, lis))))
                .containsExactly("registry QUEUED");
    }

    @Test
    @DisplayName("A filter keeps a message off its route with a reason; one that fails holds it")
    void shouldFilterWithAReason() throws Exception {
        Filter tests = new Filter("tests", COMPILER.condition("msg.processingId == 'P'"), "only training data goes");
        Filter broken = new Filter("broken", COMPILER.condition("msg.all('NTE-3')[0] == 'x'"), "never");
        Routes filtered = routes(new Route("orders", Set.of(), false, null, List.of(tests), null, List.of(lis)));
        Routes failing = routes(new Route("orders", Set.of(), false, null, List.of(broken), null, List.of(lis)));

        assertThat(planned(filtered)).isEmpty();
        RouteTrace trace = filtered.explain(order, FROM_EHR).get(0);
        assertThat(trace.verdict()).isEqualTo(Verdict.FILTERED);
        assertThat(trace.why()).isEqualTo("filter tests: only training data goes");
        assertThat(trace.asked().get(0).filter()).isEqualTo("tests");
        assertThat(failing.plan(order, FROM_EHR).deliveries().get(0).reason())
                .isEqualTo("the filter broken of route orders failed: indexOutOfBounds");
    }

    @Test
    @DisplayName("A trace tells each clause with what it read, and never shows that by itself")
    void shouldTraceEachClause() throws Exception {
        Routes routes = routes(
                route("orders", Set.of(), "msg.type == 'ADT' && (facility == 'QMMH' || !(msg.event == 'A01'))", lis));

        RouteTrace trace = routes.explain(order, FROM_EHR).get(0);

        ConditionTrace whole = trace.asked().get(0).trace();
        assertThat(whole.kind()).isEqualTo(ConditionTrace.Kind.ALL_OF);
        assertThat(whole.parts())
                .extracting(ConditionTrace::result)
                .containsExactly(ConditionTrace.Result.FALSE, ConditionTrace.Result.TRUE);
        assertThat(whole.parts().get(0).inputs().get(0).name()).isEqualTo("msg.type");
        assertThat(whole.parts().get(0).inputs().get(0).value().text()).isEqualTo("OML");
        assertThat(whole.parts().get(0).clause().column()).isEqualTo(1);
        assertThat(whole.parts().get(1).parts().get(1).kind()).isEqualTo(ConditionTrace.Kind.NOT);
        assertThat(trace.toString()).doesNotContain("OML");
    }

    @Test
    @DisplayName("What a mapping drops was taken by a route; what a filter keeps off every route was not, and says why")
    void shouldTellWhatIsIntendedFromWhatIsMissing() throws Exception {
        Filter tests = new Filter("tests", COMPILER.condition("msg.type == 'OML'"), "not for partners");
        Route filtered = new Route("filtered", Set.of(), false, null, List.of(tests), null, List.of(lis));
        Mapping drops = ending("drops", new MappingOutcome.Dropped("step 1: not wanted"));
        Route dropped = new Route("dropped", Set.of(), false, null, List.of(), drops, List.of(lis));

        Plan unrouted =
                routes(route("others", Set.of(), "msg.type == 'ADT'", lis)).plan(order, FROM_EHR);
        Plan off = routes(filtered).plan(order, FROM_EHR);
        Plan gone = routes(dropped).plan(order, FROM_EHR);

        assertThat(unrouted.isUnrouted()).isTrue();
        assertThat(off.deliveries()).isEmpty();
        assertThat(off.isUnrouted()).isTrue();
        assertThat(off.whyUnrouted()).isEqualTo("no route takes this message: filter tests: not for partners");
        assertThat(gone.deliveries()).isEmpty();
        assertThat(gone.isUnrouted()).isFalse();
        assertThat(failures).containsExactly("filtered off tests", "1 dropped by drops");
    }

    @Test
    @DisplayName("Messages of a split that a mapping drops are counted one by one, beside those that go out")
    void shouldCountWhatIsDroppedOfASplit() {
        Mapping some = ending("some", new MappingOutcome.Mapped(List.of(order), List.of("step 2: no", "step 2: no")));
        Mapping none = ending("none", new MappingOutcome.Dropped(List.of("step 2: no", "step 2: no", "step 3: no")));
        Route partly = new Route("partly", Set.of(), false, null, List.of(), some, List.of(lis));
        Route wholly = new Route("wholly", Set.of(), false, null, List.of(), none, List.of(lis));

        Plan plan = routes(partly, wholly).plan(order, FROM_EHR);

        assertThat(plan.deliveries()).hasSize(1);
        assertThat(failures).containsExactly("2 dropped by some", "3 dropped by none");
    }

    private static Mapping ending(String name, MappingOutcome outcome) {
        return new Mapping() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public MappingOutcome apply(Message message, Origin origin) {
                return outcome;
            }
        };
    }

    @Test
    @DisplayName("An observer is told of every condition with all of its clauses, and changes nothing")
    void shouldTellAnObserver() throws Exception {
        Routes routes = routes(
                route("orders", Set.of(), "msg.type == 'OML' || msg.event == 'A01'", lis),
                route("admissions", Set.of(), "msg.type == 'ADT'", registry));
        List<String> told = new ArrayList<>();

        List<NewDelivery> deliveries = routes.plan(
                        order, FROM_EHR, (condition, trace) -> told.add(condition.text() + " " + trace.result()))
                .deliveries();

        assertThat(deliveries).extracting(NewDelivery::destination).containsExactly("lis");
        assertThat(told).containsExactly("msg.type == 'OML' || msg.event == 'A01' TRUE", "msg.type == 'ADT' FALSE");
    }

    @Test
    @DisplayName("Fifty conditions on one message cost microseconds, not milliseconds")
    void shouldEvaluateFiftyConditionsQuickly() throws Exception {
        List<Route> fifty = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String condition = i % 5 == 0 ? "msg['PID-3[1].4'] == 'F" + i + "'" : "msg.type == 'T" + i + "'";
            fifty.add(
                    new Route("r" + i, Set.of(), false, COMPILER.condition(condition), List.of(), null, List.of(lis)));
        }
        Routes routes = new Routes(fifty, RouteMatch.ALL, CodeTables.none(), new EngineEvents() {});
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 8; round++) {
            long began = System.nanoTime();
            for (int i = 0; i < 2_000; i++) {
                routes.plan(order, FROM_EHR).deliveries();
            }
            best = Math.min(best, (System.nanoTime() - began) / 2_000);
        }
        System.out.println("50 conditions: " + best + " ns a message");
        assertThat(best).as("nanoseconds a message").isLessThan(1_000_000);
    }

    private List<String> planned(Routes routes) {
        return routes.plan(order, FROM_EHR).deliveries().stream()
                .map(each -> each.destination() + " " + each.state())
                .toList();
    }

    private Routes routes(Route... routes) {
        return routes(RouteMatch.ALL, routes);
    }

    private Routes routes(RouteMatch match, Route... routes) {
        return new Routes(List.of(routes), match, CodeTables.none(), new EngineEvents() {
            @Override
            public void conditionFailed(String route, String reason) {
                failures.add(route + " " + reason);
            }

            @Override
            public void filtered(String route, String filter) {
                failures.add(route + " off " + filter);
            }

            @Override
            public void dropped(String mapping, int messages) {
                failures.add(messages + " dropped by " + mapping);
            }
        });
    }

    private static Route route(String name, Set<String> from, @Nullable String when, Destination... to)
            throws InvalidExpressionException {
        return new Route(
                name, from, false, when == null ? null : COMPILER.condition(when), List.of(), null, List.of(to));
    }

    private static Destination destination(String name) {
        LaneSettings settings = new LaneSettings(
                name, 0, 1, new LaneLimits(1, 10, 1_000L), RetryPolicy.defaults(), AnswerTable.defaults());
        UnusedPorts ports = new UnusedPorts();
        Lane lane = new Lane(settings, ports, ports, ports, new EngineEvents() {}, EngineClock.system());
        return new Destination(name, null, null, List.of(lane));
    }

    /** What a lane is given and planning never touches. */
    private static final class UnusedPorts implements SerialExecutor, Sender, MessageStore {

        private static UnsupportedOperationException unexpected() {
            return new UnsupportedOperationException("planning sends and stores nothing");
        }

        @Override
        public void deliverTo(DeliveryQueues queues) {}

        @Override
        public boolean isCurrent() {
            throw unexpected();
        }

        @Override
        public Scheduled schedule(Runnable task, Duration delay) {
            throw unexpected();
        }

        @Override
        public void execute(Runnable task) {
            throw unexpected();
        }

        @Override
        public void send(byte[] payload, Consumer<SendOutcome> outcome) {
            throw unexpected();
        }

        @Override
        public void append(NewMessage message, Completion completion) {
            throw unexpected();
        }

        @Override
        public void quarantine(Quarantined input, Completion completion) {
            throw unexpected();
        }

        @Override
        public void mark(Mark mark) {
            throw unexpected();
        }

        @Override
        public boolean isSaturated() {
            throw unexpected();
        }

        @Override
        public void whenRelieved(SerialExecutor executor, Runnable task) {
            throw unexpected();
        }

        @Override
        public void readPage(LanePageRequest request, SerialExecutor executor, Consumer<LanePage> consumer) {
            throw unexpected();
        }

        @Override
        public LaneBacklog[] backlog(String destination, int lanes) {
            throw unexpected();
        }

        @Override
        public void close() {}
    }
}
