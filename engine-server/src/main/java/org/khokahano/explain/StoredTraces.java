package org.khokahano.explain;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.khokahano.admin.MessageFindings;
import org.khokahano.admin.MessageFindings.FindingView;
import org.khokahano.admin.TraceDesk;
import org.khokahano.cases.Coverage;
import org.khokahano.cli.terminal.Paint;
import org.khokahano.config.ConfigurationReader;
import org.khokahano.config.EngineConfig;
import org.khokahano.config.yaml.Environment;
import org.khokahano.engine.Engine;
import org.khokahano.engine.Rehearsal;
import org.khokahano.engine.RehearsedMessage;
import org.khokahano.engine.RehearsedMessage.Mapped;
import org.khokahano.mapping.MappingOutcome;
import org.khokahano.revision.Revision;
import org.khokahano.revision.RevisionArchive;
import org.khokahano.store.archive.MessageSummary;
import org.khokahano.store.archive.StoredMessage;
import org.khokahano.validation.Findings;
import org.khokahano.validation.Judgement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the trace of a stored message again, or what validation says of it: its bytes, listener and time of receipt, by the revision that it
 * was planned by. Nothing is kept for it beside what is stored anyway, and nothing that carries messages is
 * held up: one thread of its own, which ends when it has nothing to do, makes one trace after the other.
 */
public final class StoredTraces implements TraceDesk {

    private static final Logger LOG = LoggerFactory.getLogger(StoredTraces.class);

    /** Compiled revisions hold their code tables; people look at messages of few revisions at a time. */
    private static final int KEPT = 3;

    private static final int WAITING = 8;
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(60);
    private static final int IDLE_SECONDS = 60;

    private final Engine engine;
    private final RevisionArchive archive;
    private final Environment environment;
    private final ThreadPoolExecutor thread;

    /** The latest used last. Of the thread only. */
    private final Map<Integer, Compiled> compiled = new LinkedHashMap<>(KEPT * 2, 0.75f, true);

    /** @param environment what the configurations' variables are read from */
    public StoredTraces(Engine engine, RevisionArchive archive, Environment environment) {
        this.engine = engine;
        this.archive = archive;
        this.environment = environment;
        this.thread = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), task -> {
                    Thread made = new Thread(task, "khoka-explain");
                    made.setDaemon(true);
                    return made;
                });
        thread.allowCoreThreadTimeOut(true);
    }

    /** A configuration that is ready to explain with. */
    private record Compiled(int number, EngineConfig config, Rehearsal rehearsal) {}

    /**
     * The configuration to explain with.
     *
     * @param note why it is not the one that the message was planned by; empty where it is
     */
    private record Chosen(Compiled compiled, String note) {}

    /** What a message is asked about. */
    private interface Question<T> {
        T answer(StoredMessage message, byte[] bytes, Chosen chosen);
    }

    @Override
    public Answer<Trace> trace(StoredMessage message) {
        return ask(message, this::trace);
    }

    @Override
    public Answer<MessageFindings> findings(StoredMessage message) {
        return ask(message, StoredTraces::findings);
    }

    private <T> Answer<T> ask(StoredMessage message, Question<T> question) {
        Future<Answer<T>> answer;
        try {
            answer = thread.submit(() -> answer(message, question));
        } catch (RejectedExecutionException e) {
            return Answer.later("several messages are being explained already; try it again in a while");
        }
        try {
            return answer.get(ANSWERED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(false);
            return Answer.later("it was not explained within " + ANSWERED_WITHIN.toSeconds() + " s; try it again");
        } catch (ExecutionException e) {
            throw new IllegalStateException("message " + message.summary().id() + " cannot be explained", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.later("the engine is stopping");
        }
    }

    private <T> Answer<T> answer(StoredMessage message, Question<T> question) {
        MessageSummary summary = message.summary();
        byte[] bytes = message.bytes();
        if (bytes == null) {
            return Answer.none("retention has removed the bytes of message " + summary.id());
        }
        Chosen chosen = choose(summary.revision());
        if (!chosen.compiled().config().listeners().containsKey(summary.listener())) {
            return Answer.none(chosen.note() + ", and that one has no listener " + summary.listener());
        }
        return Answer.of(question.answer(message, bytes, chosen));
    }

    private static MessageFindings findings(StoredMessage message, byte[] bytes, Chosen chosen) {
        MessageSummary summary = message.summary();
        Compiled by = chosen.compiled();
        RehearsedMessage again = by.rehearsal().receiveAgain(summary.listener(), bytes, summary.receivedMillis());
        List<Judgement> judgements = again.judgements();
        List<FindingView> found = new ArrayList<>();
        int more = 0;
        for (Judgement judgement : judgements) {
            Findings findings = judgement.verdict().findings();
            findings.list().forEach(finding -> found.add(FindingView.of(judgement, finding)));
            more += findings.more();
        }
        return new MessageFindings(
                summary.revision(),
                by.number(),
                chosen.note(),
                !judgements.isEmpty(),
                found,
                more,
                again.mappings().stream().flatMap(StoredTraces::dropped).toList());
    }

    private static Stream<String> dropped(Mapped mapped) {
        List<String> drops = mapped.outcome().drops();
        if (drops.isEmpty()) {
            return Stream.empty();
        }
        int made = mapped.outcome() instanceof MappingOutcome.Mapped some
                ? some.messages().size()
                : 0;
        String count = made + drops.size() == 1 ? "" : drops.size() + " of " + (made + drops.size()) + " messages ";
        return Stream.of(count + "dropped: " + drops.get(0));
    }

    private Trace trace(StoredMessage message, byte[] bytes, Chosen chosen) {
        MessageSummary summary = message.summary();
        Compiled by = chosen.compiled();
        StringWriter lines = new StringWriter();
        PrintWriter out = new PrintWriter(lines);
        new ExplanationListing(by.config(), by.rehearsal().routes(), new Paint(false), out)
                .print(
                        summary.listener(),
                        bytes,
                        by.rehearsal().receiveAgain(summary.listener(), bytes, summary.receivedMillis()));
        out.flush();
        return new Trace(
                summary.id(),
                summary.listener(),
                Instant.ofEpochMilli(summary.receivedMillis()).toString(),
                summary.revision(),
                by.number(),
                note(chosen.note(), summary.originId()),
                lines.toString().lines().toList());
    }

    private static String note(String note, long originId) {
        String again = originId == 0
                ? ""
                : "this is message " + originId + " sent again by an operator: it shows what became of that one";
        return note.isEmpty() || again.isEmpty() ? note + again : note + "; " + again;
    }

    private Chosen choose(int revision) {
        Compiled current = current();
        if (revision == current.number() && revision != 0) {
            return new Chosen(current, "");
        }
        if (revision == 0) {
            return instead(current, "no revision was kept when it was planned");
        }
        Compiled kept = compiled.get(revision);
        if (kept != null) {
            return new Chosen(kept, "");
        }
        String named = "revision " + revision + ", which it was planned by, ";
        try {
            Optional<Revision> found = archive.find(revision);
            if (found.isEmpty()) {
                return instead(current, named + "is no longer kept");
            }
            return ConfigurationReader.read(archive.placeOf(found.get()), environment)
                    .config()
                    .map(config -> new Chosen(keep(revision, config), ""))
                    .orElseGet(() -> instead(current, named + "has errors by now (a file or variable is missing)"));
        } catch (UncheckedIOException e) {
            LOG.warn("revision {} cannot be read to explain a message", revision, e);
            return instead(current, named + "cannot be read");
        }
    }

    private static Chosen instead(Compiled current, String why) {
        String other = current.number() == 0 ? "the configuration" : "revision " + current.number() + ",";
        return new Chosen(current, why + "; explained by " + other + " which is in force");
    }

    /** The one in force: asked for until number and configuration belong together. */
    private Compiled current() {
        int number = engine.revision();
        EngineConfig config = engine.config();
        while (number != engine.revision()) {
            number = engine.revision();
            config = engine.config();
        }
        Compiled kept = compiled.get(number);
        return kept != null ? kept : keep(number, config);
    }

    private Compiled keep(int number, EngineConfig config) {
        Compiled made = new Compiled(number, config, new Rehearsal(config, new Coverage(config)));
        compiled.put(number, made);
        if (compiled.size() > KEPT) {
            compiled.remove(List.copyOf(compiled.keySet()).get(0));
        }
        return made;
    }
}
