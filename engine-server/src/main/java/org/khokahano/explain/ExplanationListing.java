package org.khokahano.explain;

import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.khokahano.cases.MessageDifference;
import org.khokahano.cases.StepLines;
import org.khokahano.cli.terminal.Paint;
import org.khokahano.config.EngineConfig;
import org.khokahano.config.ListenerConfig;
import org.khokahano.config.ReplyConfig;
import org.khokahano.engine.RehearsedMessage;
import org.khokahano.engine.RehearsedMessage.Act;
import org.khokahano.engine.RehearsedMessage.Decided;
import org.khokahano.engine.RehearsedMessage.Mapped;
import org.khokahano.engine.RehearsedMessage.Planned;
import org.khokahano.engine.RehearsedMessage.Wrote;
import org.khokahano.expression.ConditionTrace;
import org.khokahano.expression.ConditionTrace.Result;
import org.khokahano.mapping.MappingOutcome;
import org.khokahano.message.Message;
import org.khokahano.message.MessagePath;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.message.definition.Hl7Definitions;
import org.khokahano.routing.Route;
import org.khokahano.routing.RouteTrace;
import org.khokahano.routing.RouteTrace.Asked;
import org.khokahano.routing.RouteTrace.Verdict;
import org.khokahano.routing.Routes;
import org.khokahano.transform.step.StepPlace;

/** What becomes of a message and why, for people who asked for it: it shows values. */
public final class ExplanationListing {
    private static final int MOST_ACTS = 500;
    private static final int LONGEST_VALUE = 1_000;

    private final EngineConfig config;
    private final Routes routes;
    private final StepLines lines;
    private final Paint paint;
    private final PrintWriter out;
    private final Hl7Definitions definitions = new Hl7Definitions();

    public ExplanationListing(EngineConfig config, Routes routes, Paint paint, PrintWriter out) {
        this.config = config;
        this.routes = routes;
        this.lines = new StepLines(config.mappings());
        this.paint = paint;
        this.out = out;
    }

    /** Prints all of it, from the listener to the destinations. */
    public void print(String listener, byte[] bytes, RehearsedMessage explained) {
        Message received = read(bytes);
        Optional<ReplyConfig> reply =
                Optional.ofNullable(config.listeners().get(listener)).flatMap(ListenerConfig::reply);
        boolean asks = reply.isPresent();
        printListener(listener, asks, explained);
        if (!explained.routes().isEmpty()) {
            out.println("\n" + paint.strong("Routes"));
            explained.routes().forEach(this::printRoute);
        }
        if (!explained.mappings().isEmpty()) {
            out.println("\n" + paint.strong("Mappings"));
            for (int index = 0; index < explained.mappings().size(); index++) {
                // The second mapping of a query is its answer's, which is another message.
                boolean ofReceived = !asks || index == 0;
                printMapping(explained.mappings().get(index), ofReceived ? received : null);
            }
        }
        out.println("\n" + paint.strong("Destinations"));
        Set<String> names = new LinkedHashSet<>(config.destinations().keySet());
        explained.deliveries().forEach(planned -> names.add(planned.destination()));
        reply.ifPresent(asked -> out.println(
                "  the listener asks " + asked.from() + " and gives its answer; no route reads it, nothing is stored"));
        names.forEach(name -> {
            if (!asks
                    || explained.deliveries().stream()
                            .anyMatch(planned -> planned.destination().equals(name))) {
                printDestination(name, asks, explained);
            }
        });
    }

    private void printListener(String listener, boolean asks, RehearsedMessage explained) {
        String answers = explained.answers().isEmpty()
                ? asks ? "what its partner answers" : "nothing"
                : explained.answers().stream().map(ExplanationListing::code).collect(Collectors.joining(" and "));
        String verdict = explained
                .refused()
                .map(why -> paint.bad("does not take it: ") + why.code() + ", " + why.detail())
                .orElse(paint.good("takes it"));
        out.println(paint.strong("Listener " + listener) + " " + verdict + "; the sender gets " + answers);
        explained.findings().forEach(finding -> out.println("  found: " + finding));
    }

    private static String code(byte[] answer) {
        Message read = read(answer);
        return read == null ? "an answer" : read.get(MessagePath.of("MSA-1"));
    }

    private void printRoute(RouteTrace trace) {
        String verdict = switch (trace.verdict()) {
            case MATCHED -> paint.good("takes it   ");
            case OTHER_LISTENER, NOT_MATCHED, NOT_NEEDED -> paint.faint("passes     ");
            case FILTERED -> paint.odd("filtered   ");
            case FAILED -> paint.bad("failed     ");
        };
        String to = trace.destinations().isEmpty() ? "" : " -> " + String.join(", ", trace.destinations());
        boolean told = trace.verdict() == Verdict.MATCHED || trace.verdict() == Verdict.NOT_MATCHED;
        out.println("  " + verdict + paint.strong(trace.route()) + to
                + (told && !trace.asked().isEmpty() ? "" : ": " + trace.why()));
        if (trace.verdict() != Verdict.OTHER_LISTENER) {
            trace.asked().forEach(this::printAsked);
        }
    }

    private void printAsked(Asked asked) {
        if (!asked.filter().isEmpty()) {
            out.println("        except " + asked.filter());
        }
        printCondition(asked.trace(), "        ");
    }

    private void printCondition(ConditionTrace trace, String margin) {
        Result result = trace.result();
        String word = switch (result) {
            case TRUE -> paint.good("true   ");
            case FALSE -> paint.odd("false  ");
            case FAILED -> paint.bad("failed ");
        };
        String inputs = trace.inputs().stream()
                .map(input -> input.name() + " is '" + shown(input.value().text()) + "'")
                .collect(Collectors.joining(", "));
        String failure = trace.failure().isEmpty() ? "" : " (" + trace.failure() + ")";
        out.println(
                margin + word + trace.clause().text() + failure + paint.faint(inputs.isEmpty() ? "" : "   " + inputs));
        trace.parts().forEach(part -> printCondition(part, margin + "  "));
    }

    private void printMapping(Mapped mapped, @Nullable Message received) {
        out.println("  " + paint.strong(mapped.mapping()) + ": " + outcome(mapped.outcome()));
        List<Act> told = mapped.acts().stream()
                .filter(act -> act instanceof Wrote || act instanceof Decided)
                .toList();
        Message made = made(mapped.outcome());
        told.stream().limit(MOST_ACTS).forEach(act -> printAct(act, received, made));
        if (told.size() > MOST_ACTS) {
            out.println("    ... and " + (told.size() - MOST_ACTS) + " more");
        }
    }

    private void printAct(Act act, @Nullable Message received, @Nullable Message made) {
        String step = place(act.step());
        if (act instanceof Decided decided) {
            out.println("    " + (decided.fulfilled() ? "true " : "false") + "  " + paint.place(step));
        } else if (act instanceof Wrote wrote) {
            String version = made == null ? "" : made.header().version();
            String name = MessageDifference.fieldName(definitions, wrote.path(), version);
            out.println("    " + paint.strong(wrote.path().toString()) + (name.isEmpty() ? "" : " (" + name + ")")
                    + values(wrote.path(), received, made) + "  " + paint.place(step));
        }
    }

    private static String values(MessagePath path, @Nullable Message received, @Nullable Message made) {
        if (received == null || made == null || path.field() == 0) {
            return "";
        }
        return "  '" + shown(received.text(path)) + "' -> '" + shown(made.text(path)) + "'";
    }

    /** A document inside a message is longer than anybody reads. */
    private static String shown(String value) {
        return value.length() <= LONGEST_VALUE
                ? Paint.shown(value)
                : Paint.shown(value.substring(0, LONGEST_VALUE)) + "... (" + value.length() + " characters)";
    }

    private String place(StepPlace step) {
        Optional<StepLines.Line> line = lines.of(step);
        return line.map(StepLines.Line::shown).orElse(step.toString());
    }

    private String outcome(MappingOutcome outcome) {
        if (outcome instanceof MappingOutcome.Mapped mapped) {
            int count = mapped.messages().size();
            return count + (count == 1 ? " message" : " messages");
        }
        if (outcome instanceof MappingOutcome.Dropped dropped) {
            return paint.odd("nothing goes out: ") + dropped.reason();
        }
        String reason = outcome instanceof MappingOutcome.Unmapped unmapped
                ? unmapped.reason() + codes(unmapped)
                : ((MappingOutcome.Failed) outcome).reason();
        return paint.bad("held: ") + reason;
    }

    private static String codes(MappingOutcome.Unmapped unmapped) {
        return unmapped.codes().stream()
                .map(code -> "'" + Paint.shown(code.code()) + "'")
                .distinct()
                .collect(Collectors.joining(", ", " (", ")"));
    }

    private static @Nullable Message made(MappingOutcome outcome) {
        return outcome instanceof MappingOutcome.Mapped mapped
                        && mapped.messages().size() == 1
                ? mapped.messages().get(0)
                : null;
    }

    private void printDestination(String name, boolean asks, RehearsedMessage explained) {
        List<Planned> planned = explained.deliveries().stream()
                .filter(each -> each.destination().equals(name))
                .toList();
        for (Planned each : planned) {
            if (asks) {
                out.println("  " + paint.strong(name) + " " + paint.good("is asked")
                        + (each.asReceived() ? ", as received" : ", mapped"));
                continue;
            }
            String what = each.held()
                    .map(why -> paint.bad("held: ") + why)
                    .orElse(paint.good("gets it") + (each.asReceived() ? " as received" : ", mapped"));
            out.println("  " + paint.strong(name) + " " + what);
        }
        if (planned.isEmpty()) {
            out.println("  " + paint.strong(name) + paint.faint(" does not get it: ") + why(name, explained));
        }
    }

    private String why(String destination, RehearsedMessage explained) {
        Set<String> leading = routes.routes().stream()
                .filter(route -> route.to().stream().anyMatch(to -> to.name().equals(destination)))
                .map(Route::name)
                .collect(Collectors.toSet());
        if (leading.isEmpty()) {
            return "no route leads there";
        }
        String why = explained.routes().stream()
                .filter(trace -> leading.contains(trace.route()))
                .map(trace -> trace.destinations().isEmpty()
                        ? "route " + trace.route() + ": " + trace.why()
                        : "the mapping of route " + trace.route() + " makes nothing of it")
                .collect(Collectors.joining("; "));
        return why.isEmpty() ? "the listener does not take it" : why;
    }

    private static @Nullable Message read(byte[] bytes) {
        try {
            return Message.read(bytes);
        } catch (UnreadableMessageException e) {
            return null;
        }
    }
}
