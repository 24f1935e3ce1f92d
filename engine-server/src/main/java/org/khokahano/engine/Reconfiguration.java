package org.khokahano.engine;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.khokahano.admin.ConfigurationDesk;
import org.khokahano.config.ConfigurationReader;
import org.khokahano.config.ConfigurationResult;
import org.khokahano.config.EngineConfig;
import org.khokahano.config.problem.Problem;
import org.khokahano.config.yaml.ConfigurationPlace;
import org.khokahano.config.yaml.Environment;
import org.khokahano.event.EngineEvents;
import org.khokahano.revision.Revision;
import org.khokahano.revision.RevisionArchive;
import org.khokahano.revision.RevisionArchive.Staged;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes the configuration of the running engine: whole, or not at all. One change at a time. */
public final class Reconfiguration implements ConfigurationDesk {

    private static final Logger LOG = LoggerFactory.getLogger(Reconfiguration.class);

    /** For how long a change waits for one that is under way. */
    private static final Duration WAITS = Duration.ofSeconds(10);

    private final Engine engine;
    private final ReentrantLock oneAtATime = new ReentrantLock(true);
    private final RevisionArchive archive;
    private final Environment environment;
    private final EngineEvents events;
    private final Duration waits;

    public Reconfiguration(Engine engine, RevisionArchive archive, Environment environment, EngineEvents events) {
        this(engine, archive, environment, events, WAITS);
    }

    /** @param waits for how long a change waits for one that is under way before it is refused */
    Reconfiguration(
            Engine engine, RevisionArchive archive, Environment environment, EngineEvents events, Duration waits) {
        this.waits = waits;
        this.engine = engine;
        this.archive = archive;
        this.environment = environment;
        this.events = events;
    }

    @Override
    public Outcome plan(String directory) {
        long began = System.nanoTime();
        return alone(directory, began, () -> plan(directory, began));
    }

    private Outcome plan(String directory, long began) {
        ConfigurationResult read = ConfigurationReader.read(Path.of(directory), environment);
        EngineConfig config = read.config().orElse(null);
        List<String> problems = shown(directory, read.problems());
        if (config == null) {
            return outcome(false, true, problems, List.of(), began);
        }
        List<String> changes;
        try {
            changes = changes(config, Path.of(directory), Path.of(directory));
        } catch (UncheckedIOException e) {
            problems.add(String.valueOf(e.getMessage()));
            return outcome(false, true, problems, List.of(), began);
        }
        try {
            changes.addAll(engine.tryOut(config));
        } catch (RevisionRefused e) {
            problems.addAll(e.reasons(listener -> placeOf(listener, directory, read)));
            return outcome(false, true, problems, changes, began);
        }
        return outcome(false, false, problems, changes, began);
    }

    private List<String> changes(EngineConfig config, Path files, Path directory) {
        Map<String, String> running = archive.find(current())
                .map(revision -> archive.hashes(archive.placeOf(revision).directory()))
                .orElse(Map.of());
        List<String> changes = new ConfigurationChanges(engine.config(), config, directory, engine::queued)
                .list(running, archive.hashes(files));
        changes.addAll(engine.changedCertificates());
        return changes;
    }

    /** One change after the other: a switch is short, so that the next waits a while before it is refused. */
    private Outcome alone(String what, long began, Supplier<Outcome> task) {
        boolean locked = false;
        try {
            locked = oneAtATime.tryLock(waits.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!locked) {
            return refused(
                    what,
                    List.of("another change has been under way for " + waits.toMillis()
                            + " ms; nothing was changed by this one, try it again"),
                    began);
        }
        try {
            return task.get();
        } finally {
            oneAtATime.unlock();
        }
    }

    private Outcome outcome(boolean applied, boolean refused, List<String> problems, List<String> changes, long began) {
        return new Outcome(applied, current(), refused, problems, changes, engine.changing(), since(began));
    }

    @Override
    public Outcome apply(String directory, String by) {
        long began = System.nanoTime();
        return alone(directory, began, () -> {
            try {
                return apply(archive.stage(Path.of(directory)), directory, by, began);
            } catch (UncheckedIOException e) {
                return refused(directory, List.of(String.valueOf(e.getMessage())), began);
            }
        });
    }

    @Override
    public Outcome applyRevision(int number, String by) {
        long began = System.nanoTime();
        return alone("revision " + number, began, () -> applyRevision(number, by, began));
    }

    private Outcome applyRevision(int number, String by, long began) {
        String what = "revision " + number;
        Optional<Revision> found = archive.find(number);
        if (found.isEmpty()) {
            return refused(
                    what, List.of("there is no " + what + "; 'khoka revisions' lists those that are kept"), began);
        }
        try {
            ConfigurationPlace place = archive.placeOf(found.get());
            Staged copy = archive.stage(place.directory());
            return apply(
                    new Staged(copy.incoming(), place.origin(), copy.hash()), what, by + ", back to " + what, began);
        } catch (UncheckedIOException e) {
            return refused(what, List.of(String.valueOf(e.getMessage())), began);
        }
    }

    private Outcome apply(Staged staged, String from, String by, long began) {
        ConfigurationResult read = ConfigurationReader.read(staged.place(), environment);
        List<String> problems = shown(from, read.problems());
        EngineConfig config = read.config().orElse(null);
        if (config == null) {
            archive.discard(staged);
            return refused(from, problems, began);
        }
        List<String> changes =
                changes(config, staged.place().directory(), staged.place().directory());
        int number = archive.numberOf(staged);
        if (number == current()) {
            archive.discard(staged);
            engine.readCertificates();
            return outcome(true, false, problems, changes, began);
        }
        try {
            engine.switchTo(number, config, () -> archive.keep(staged, by));
        } catch (RevisionRefused e) {
            archive.discard(staged);
            problems.addAll(e.reasons(listener -> placeOf(listener, from, read)));
            return refused(from, problems, began);
        } catch (UncheckedIOException e) {
            archive.discard(staged);
            problems.add(String.valueOf(e.getMessage()));
            return refused(from, problems, began);
        }
        engine.readCertificates();
        events.revisionApplied(number);
        LOG.info("revision {} applied from {} by {}: {}", number, from, by, changes);
        return outcome(true, false, problems, changes, began);
    }

    private Outcome refused(String from, List<String> problems, long began) {
        LOG.warn("the configuration of {} is refused, revision {} goes on: {}", from, current(), problems);
        events.revisionRefused(from);
        return outcome(false, true, problems, List.of(), began);
    }

    private static List<String> shown(String from, List<Problem> problems) {
        List<String> shown = new ArrayList<>();
        for (Problem problem : problems) {
            shown.add(from + "/" + problem.file() + ":" + problem.line() + ":" + problem.column() + ": "
                    + problem.severity().word() + ": " + problem.message()
                    + (problem.hint().isEmpty() ? "" : " (" + problem.hint() + ")"));
        }
        return shown;
    }

    /** Where a listener's port is written. */
    private static String placeOf(String listener, String from, ConfigurationResult read) {
        return read.locations()
                .map(locations -> {
                    String transport = locations.isWritten("listeners", listener, "http") ? "http" : "mllp";
                    return from + "/" + locations.value("listeners", listener, transport, "port");
                })
                .orElse(from);
    }

    private static long since(long began) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    @Override
    public List<Revision> revisions() {
        return archive.list();
    }

    @Override
    public List<String> changing() {
        return engine.changing();
    }

    @Override
    public int current() {
        return engine.revision();
    }
}
