package org.khokahano.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.khokahano.cases.Coverage;
import org.khokahano.config.ConfigurationReader;
import org.khokahano.config.EngineConfig;
import org.khokahano.config.yaml.Environment;
import org.khokahano.engine.Rehearsal;
import org.khokahano.engine.RehearsedMessage;
import org.khokahano.engine.RehearsedMessage.Mapped;
import org.khokahano.engine.RehearsedMessage.Planned;
import org.khokahano.fault.Corpus;
import org.khokahano.mapping.MappingOutcome;
import org.khokahano.message.Draft;
import org.khokahano.message.Message;
import org.khokahano.message.MessagePath;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.message.batch.BatchInput;
import org.khokahano.routing.RouteTrace;
import org.khokahano.routing.RouteTrace.Verdict;

/** Thousands of messages that nobody wrote for it, by each door of the hub: none without an explanation. */
@Tag("unit")
class HubCorpusTest {
    private static final Path HUB = Path.of("..", "config", "national-hub");
    private static final Environment NOTHING_SET = name -> Optional.empty();
    private static final long RECEIVED_MILLIS = 1_793_000_000_000L;
    private static final int SHOWN = 20;

    private final EngineConfig config =
            ConfigurationReader.read(HUB, NOTHING_SET).config().orElseThrow();
    private final Rehearsal rehearsal = new Rehearsal(config, new Coverage(config));
    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<String> unexplained = new ArrayList<>();

    @Test
    void shouldExplainWhatBecomesOfEveryMessageAtEveryListener() throws IOException {
        Optional<Path> archive = Corpus.archive();
        assumeTrue(archive.isPresent(), "skipped: the public corpus is not here; set KHOKA_CORPUS to its directory");

        Map<String, byte[]> messages = Corpus.messages(archive.get());
        for (String listener : config.listeners().keySet()) {
            messages.forEach((file, bytes) -> each(bytes).forEach(one -> judge(listener, listener, file, one)));
        }
        messages.forEach((file, bytes) -> orderedByMotebang(bytes)
                .ifPresent(own -> each(own).forEach(one -> judge("nrl-results", "ordered by Motebang", file, one))));

        System.out.println("the public corpus through the hub, " + messages.size() + " messages at each of "
                + config.listeners().size() + " listeners, and results as if a known facility had ordered them:");
        counts.forEach((outcome, count) -> System.out.printf("  %6d  %s%n", count, outcome));
        assertThat(unexplained.stream().limit(SHOWN)).isEmpty();
        // Where nothing is delivered or nothing is held, this test would show nothing.
        assertThat(counts.keySet())
                .anyMatch(outcome -> outcome.contains("delivered"))
                .anyMatch(outcome -> outcome.contains("held"))
                .anyMatch(outcome -> outcome.contains("refused"));
    }

    /** The messages of a batch that is whole, which are answered together; or the message itself. */
    private static List<byte[]> each(byte[] bytes) {
        BatchInput batch = BatchInput.read(bytes);
        return BatchInput.isBatch(bytes) && batch.problems().isEmpty()
                ? batch.batches().stream()
                        .flatMap(each -> each.messages().stream())
                        .toList()
                : List.of(bytes);
    }

    private void judge(String listener, String title, String file, byte[] bytes) {
        try {
            RehearsedMessage outcome = rehearsal.receive(listener, bytes, RECEIVED_MILLIS);
            boolean asks = Objects.requireNonNull(config.listeners().get(listener))
                    .reply()
                    .isPresent();
            String said = asks && outcome.refused().isEmpty() ? askedOf(outcome) : outcomeOf(outcome, bytes);
            counts.merge(title + ": " + said, 1, Integer::sum);
            if (said.startsWith("unexplained")) {
                unexplained.add(title + " " + file + ": " + said);
            }
        } catch (RuntimeException thrown) {
            unexplained.add(title + " " + file + ": " + thrown);
        }
    }

    /** A query, whose partner says nothing here, so that nobody is answered. */
    private static String askedOf(RehearsedMessage outcome) {
        return outcome.deliveries().size() == 1 && outcome.answers().isEmpty()
                ? "asked"
                : "unexplained: a query that nobody is asked";
    }

    private static String outcomeOf(RehearsedMessage outcome, byte[] bytes) {
        if (outcome.refused().isPresent()) {
            String code = outcome.refused().get().code();
            return code.isBlank() ? "unexplained refusal" : "refused, " + code;
        }
        boolean answered = outcome.answers().isEmpty()
                ? wantsNoAnswer(bytes)
                : isPositive(outcome.answers().get(0));
        if (!answered) {
            return "unexplained: taken, and its sender hears nothing good";
        }
        List<Planned> deliveries = outcome.deliveries();
        if (deliveries.stream()
                .anyMatch(planned -> planned.held().filter(String::isBlank).isPresent())) {
            return "unexplained: held without a reason";
        }
        long held = deliveries.stream()
                .filter(planned -> planned.held().isPresent())
                .count();
        if (held > 0) {
            return held == deliveries.size()
                    ? "held, with the reason"
                    : "delivered in part, the rest held with the reason";
        }
        if (!deliveries.isEmpty()) {
            return "delivered";
        }
        return nothingSent(outcome);
    }

    /** Taken, and nothing goes out: each route says why not, or a mapping dropped the message by intent. */
    private static String nothingSent(RehearsedMessage outcome) {
        boolean dropped = outcome.mappings().stream().map(Mapped::outcome).anyMatch(HubCorpusTest::isDrop);
        if (dropped) {
            return "dropped by a mapping, with the reason";
        }
        Stream<RouteTrace> routes = outcome.routes().stream();
        boolean each = routes.allMatch(
                route -> route.verdict() != Verdict.MATCHED && !route.why().isBlank());
        boolean filtered = outcome.routes().stream().anyMatch(route -> route.verdict() == Verdict.FILTERED);
        if (!each || outcome.routes().isEmpty()) {
            return "unexplained: nothing goes out";
        }
        return filtered ? "kept off by a filter, with the reason" : "no route takes it";
    }

    /** No facility of the hub ordered what is in the corpus; so that mappings of results see it too. */
    private static Optional<byte[]> orderedByMotebang(byte[] bytes) {
        try {
            Draft draft = Draft.of(Message.read(bytes));
            if (!draft.get(MessagePath.parse("MSH-9.1")).equals("ORU")) {
                return Optional.empty();
            }
            draft.set(MessagePath.parse("MSH-11"), "P");
            draft.set(MessagePath.parse("ORC-21"), "MOTEBANG");
            draft.set(MessagePath.parse("ORC[*]-21"), "MOTEBANG");
            for (String field : List.of("OBR[*]-4", "OBX[*]-3")) {
                draft.set(MessagePath.parse(field), "HGB");
            }
            return Optional.of(draft.toMessage().bytes());
        } catch (UnreadableMessageException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private static boolean isDrop(MappingOutcome outcome) {
        return outcome instanceof MappingOutcome.Dropped;
    }

    /** HL7 2.9.3.2: MSH-15 NE asks for no accept acknowledgement, ER for one in case of an error only. */
    private static boolean wantsNoAnswer(byte[] bytes) {
        return Set.of("NE", "ER").contains(value(bytes, "MSH-15"));
    }

    private static boolean isPositive(byte[] answer) {
        return Set.of("AA", "CA").contains(value(answer, "MSA-1"));
    }

    private static String value(byte[] bytes, String path) {
        try {
            return Message.read(bytes).get(MessagePath.parse(path));
        } catch (UnreadableMessageException e) {
            return "";
        }
    }
}
