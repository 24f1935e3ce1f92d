package org.khokahano.cases;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.khokahano.cases.CoverageReport.Area;
import org.khokahano.config.EngineConfig;
import org.khokahano.engine.RehearsalObserver;
import org.khokahano.engine.RehearsedMessage;
import org.khokahano.expression.Condition;
import org.khokahano.expression.ConditionTrace;
import org.khokahano.expression.ConditionTrace.Clause;
import org.khokahano.expression.ConditionTrace.Kind;
import org.khokahano.expression.ConditionTrace.Result;
import org.khokahano.message.MessagePath;
import org.khokahano.routing.Filter;
import org.khokahano.routing.Route;
import org.khokahano.routing.RouteTrace.Verdict;
import org.khokahano.table.CodeRow;
import org.khokahano.table.CodeTable;
import org.khokahano.transform.step.StepPlace;

/**
 * What of a configuration its cases reach: each route, each condition and each clause of it both ways, each
 * step, each row of the code tables.
 */
public final class Coverage implements RehearsalObserver {
    private static final int MOST_ROWS_NAMED = 1_000;

    private final EngineConfig config;
    private final StepLines lines;

    /** What can be reached, by a key, with what it is called. */
    private final Map<String, String> routes = new LinkedHashMap<>();

    private final Map<String, String> conditions = new LinkedHashMap<>();
    private final Map<String, String> steps = new LinkedHashMap<>();
    private final Map<Condition, String> places = new IdentityHashMap<>();
    private final Set<String> reached = new HashSet<>();

    public Coverage(EngineConfig config) {
        this.config = config;
        this.lines = new StepLines(config.mappings());
        lines.all().forEach(line -> {
            steps.put(step(line.mapping(), line.number()), line.shown());
            if (line.isCondition()) {
                for (boolean result : new boolean[] {true, false}) {
                    conditions.put(
                            decision(line.mapping(), line.number(), result), line.shown() + " was never " + result);
                }
            }
        });
    }

    /** Takes the routes as they were made of the configuration. */
    public void expect(List<Route> made) {
        for (Route route : made) {
            routes.put("route " + route.name(), route.name());
            Condition when = route.when();
            if (when != null) {
                expect("route " + route.name(), when);
            }
            for (Filter filter : route.except()) {
                expect("filter " + filter.name(), filter.when());
            }
        }
    }

    private void expect(String place, Condition condition) {
        if (places.putIfAbsent(condition, place) != null) {
            return;
        }
        for (Clause clause : condition.clauses()) {
            for (Result result : new Result[] {Result.TRUE, Result.FALSE}) {
                String never = " was never " + result.name().toLowerCase(Locale.ROOT);
                conditions.put(clause(place, clause, result), place + ": " + clause.text() + never);
            }
        }
    }

    /** Takes what became of a message. */
    public void saw(RehearsedMessage message) {
        message.routes().stream()
                .filter(trace -> trace.verdict() == Verdict.MATCHED || trace.verdict() == Verdict.INVALID)
                .forEach(trace -> reached.add("route " + trace.route()));
    }

    @Override
    public void asked(Condition condition, ConditionTrace trace) {
        String place = places.get(condition);
        if (place != null) {
            asked(place, trace);
        }
    }

    private void asked(String place, ConditionTrace trace) {
        reached.add(clause(place, trace.clause(), trace.result()));
        if (trace.kind() != Kind.TEST) {
            trace.parts().forEach(part -> asked(place, part));
        }
    }

    @Override
    public void took(StepPlace step) {
        reached.add(step(step.mapping(), step.number()));
    }

    @Override
    public void wrote(StepPlace step, MessagePath path, Supplier<String> text) {
        // That it was taken is what counts.
    }

    @Override
    public void decided(StepPlace step, boolean fulfilled) {
        reached.add(decision(step.mapping(), step.number(), fulfilled));
    }

    @Override
    public void found(String table, CodeRow row) {
        reached.add(row(table, row.line()));
    }

    /** What was reached so far. */
    public CoverageReport report() {
        List<Area> areas = new ArrayList<>();
        areas.add(area("routes", routes));
        areas.add(area("conditions, both ways", conditions));
        areas.add(area("steps", steps));
        for (String name : config.codes().names()) {
            config.codes().table(name).ifPresent(table -> areas.add(rows(table)));
        }
        return new CoverageReport(areas);
    }

    private Area area(String name, Map<String, String> all) {
        List<String> missed = new ArrayList<>();
        all.forEach((key, shown) -> {
            if (!reached.contains(key)) {
                missed.add(shown);
            }
        });
        return new Area(name, all.size() - missed.size(), all.size(), true, missed);
    }

    private Area rows(CodeTable table) {
        List<String> missed = new ArrayList<>();
        int found = 0;
        for (int number = 0; number < table.size(); number++) {
            CodeRow row = table.row(number);
            if (reached.contains(row(table.name(), row.line()))) {
                found++;
            } else if (missed.size() < MOST_ROWS_NAMED) {
                missed.add("line " + row.line() + ": " + row.code());
            }
        }
        return new Area("rows of table " + table.name(), found, table.size(), false, missed);
    }

    private static String clause(String place, Clause clause, Result result) {
        return "clause " + clause.number() + " of " + place + ": " + result;
    }

    private static String decision(String mapping, String number, boolean result) {
        return "decision of " + step(mapping, number) + ": " + result;
    }

    private static String step(String mapping, String number) {
        return "step " + number + " of " + mapping;
    }

    private static String row(String table, int line) {
        return "row " + line + " of " + table;
    }
}
