package org.khokahano.explain;

import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.khokahano.cases.StepLines;
import org.khokahano.cli.terminal.Paint;
import org.khokahano.config.EngineConfig;
import org.khokahano.config.ListenerConfig;
import org.khokahano.config.ReplyConfig;
import org.khokahano.engine.RehearsedMessage;
import org.khokahano.engine.RehearsedMessage.Planned;
import org.khokahano.expression.ConditionTrace;
import org.khokahano.expression.ConditionTrace.Result;
import org.khokahano.message.Message;
import org.khokahano.message.MessagePath;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.routing.Route;
import org.khokahano.routing.RouteTrace;
import org.khokahano.routing.RouteTrace.Asked;
import org.khokahano.routing.RouteTrace.Verdict;
import org.khokahano.routing.Routes;
import org.khokahano.validation.Finding;
import org.khokahano.validation.Judgement;

/** What becomes of a message and why, for people who asked for it: it shows values. */
public final class ExplanationListing {
    private final EngineConfig config;
    private final Routes routes;
    private final MappingListing mappings;
    private final Paint paint;
    private final PrintWriter out;

    public ExplanationListing(EngineConfig config, Routes routes, Paint paint, PrintWriter out) {
        this.config = config;
        this.routes = routes;
        this.mappings = new MappingListing(new StepLines(config.mappings()), paint, out);
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
            String version = received == null ? "" : received.header().version();
            explained.mappings().forEach(mapped -> mappings.print(mapped, version));
        }
        out.println("\n" + paint.strong("Destinations"));
        OutgoingListing outgoing = new OutgoingListing(paint, out);
        Set<String> names = new LinkedHashSet<>(config.destinations().keySet());
        explained.deliveries().forEach(planned -> names.add(planned.destination()));
        reply.ifPresent(asked -> out.println(
                "  the listener asks " + asked.from() + " and gives its answer; no route reads it, nothing is stored"));
        names.forEach(name -> {
            if (!asks
                    || explained.deliveries().stream()
                            .anyMatch(planned -> planned.destination().equals(name))) {
                printDestination(name, asks, explained, outgoing);
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
        explained.warnings().forEach(warning -> out.println("  found: " + warning));
        explained.judgements().stream()
                .filter(judgement -> judgement.stage() == Judgement.Stage.LISTENER)
                .forEach(judgement -> printFindings(judgement, "  "));
    }

    private void printFindings(Judgement judgement, String margin) {
        for (Finding finding : judgement.verdict().findings().list()) {
            out.println(margin + "found: " + RehearsedMessage.shown(finding));
        }
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
            case INVALID -> paint.bad("holds it   ");
        };
        String to = trace.destinations().isEmpty() ? "" : " -> " + String.join(", ", trace.destinations());
        boolean told = trace.verdict() == Verdict.MATCHED || trace.verdict() == Verdict.NOT_MATCHED;
        out.println("  " + verdict + paint.strong(trace.route()) + to
                + (told && !trace.asked().isEmpty() ? "" : ": " + trace.why()));
        if (trace.verdict() != Verdict.OTHER_LISTENER) {
            trace.asked().forEach(this::printAsked);
        }
        Judgement judgement = trace.judgement();
        if (judgement != null) {
            printFindings(judgement, "        ");
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
                .map(input ->
                        input.name() + " is '" + Values.shown(input.value().text()) + "'")
                .collect(Collectors.joining(", "));
        String failure = trace.failure().isEmpty() ? "" : " (" + trace.failure() + ")";
        out.println(
                margin + word + trace.clause().text() + failure + paint.faint(inputs.isEmpty() ? "" : "   " + inputs));
        trace.parts().forEach(part -> printCondition(part, margin + "  "));
    }

    private void printDestination(String name, boolean asks, RehearsedMessage explained, OutgoingListing outgoing) {
        List<Planned> planned = explained.deliveries().stream()
                .filter(each -> each.destination().equals(name))
                .toList();
        outgoing.print(name, asks, planned);
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
