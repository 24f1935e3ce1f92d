package org.khokahano.fault;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.khokahano.config.ConfigurationReader;
import org.khokahano.config.EmbeddedStoreConfig;
import org.khokahano.config.EngineConfig;
import org.khokahano.config.yaml.Environment;
import org.khokahano.engine.Engine;
import org.khokahano.engine.EngineAssembly;
import org.khokahano.engine.Reconfiguration;
import org.khokahano.event.EngineEvents;
import org.khokahano.revision.RevisionArchive;
import org.khokahano.send.OutcomeKind;

/**
 * The engine, dying at a step of a message's journey. It is made of the same parts as the real one;
 * where the step is an event, the listener of events ends the process, and where it lies between two
 * events, a watcher does as soon as it sees a thread inside of that code.
 */
public final class FaultyEngine {

    private static final int AS_IF_KILLED = 137;

    /** Where it dies. */
    enum Step {
        /** After a frame was read. */
        RECEIVED,
        /** While the transaction is being written. */
        WRITING("khoka-store-writer", "JournalWriter.insert"),
        /** Inside of the commit, fsync included. */
        COMMITTING("khoka-store-writer", "JournalTransaction.commit", "SQLiteConnection.commit|JDBC3Connection.commit"),
        /** After the commit, before the acknowledgement. */
        COMMITTED,
        /** After the acknowledgement has reached the sender; the sender's side kills. */
        ACKNOWLEDGED,
        /** When the partner has the message and has not answered; the partner's side kills. */
        DELIVERING,
        /** After the partner's answer, before the delivery is marked. */
        ANSWERED,
        /** While a mark is being written. */
        MARKING("khoka-store-writer", "JournalWriter.apply"),
        /** While the log is being copied into the file. */
        CHECKPOINTING("khoka-store-checkpoint", "Checkpointer.copy"),
        /** While retention removes rows, its commit included. */
        PRUNING("khoka-store-writer", "JournalPruner.run"),
        /** While a lane's page is being read. */
        PAGE_READING("khoka-store-reader", "LaneReader.read"),
        /** While a configuration is being copied. */
        STAGING("khoka-reload", "RevisionArchive.stage"),
        /** While its parts are being made. */
        PREPARING("khoka-reload", "EngineSwitch.prepare"),
        /** While the copy is made durable and becomes a revision. */
        KEEPING("khoka-reload", "RevisionArchive.keep"),
        /** While intakes and ports are exchanged. */
        SWITCHING("khoka-reload", "EngineSwitch.perform"),
        /** While new lanes take the queue over. */
        TAKING_OVER("khoka-store-writer", "LaneHandover.start");

        private final String thread;
        private final List<String> frames;

        Step() {
            this("");
        }

        Step(String thread, String... frames) {
            this.thread = thread;
            this.frames = List.of(frames);
        }
    }

    private final Step step;
    private final AtomicInteger left;

    private FaultyEngine(Step step, int count) {
        this.step = step;
        this.left = new AtomicInteger(count);
    }

    public static void main(String[] arguments) throws InterruptedException {
        EngineConfig config = ConfigurationReader.read(Path.of(arguments[1]), Environment.ofProcess())
                .config()
                .orElseThrow();
        FaultyEngine fault = new FaultyEngine(
                Step.valueOf(System.getenv("FAULT_STEP")), Integer.parseInt(System.getenv("FAULT_COUNT")));
        Path other = Path.of(System.getenv().getOrDefault("FAULT_OTHER", ""));
        if (other.toString().isEmpty()) {
            EngineAssembly.assemble(config, Optional.empty(), fault.events()).start();
        } else {
            fault.startChanging(config, Path.of(arguments[1]), other);
        }
        if (!fault.step.frames.isEmpty()) {
            fault.watch();
        }
        Thread.sleep(Duration.ofSeconds(40).toMillis());
        System.exit(1);
    }

    /** Changes to and fro between two configurations until it dies. */
    private void startChanging(EngineConfig config, Path one, Path other) {
        RevisionArchive archive =
                new RevisionArchive(((EmbeddedStoreConfig) config.store().place()).path());
        RevisionArchive.Staged staged = archive.stage(one);
        Engine engine = EngineAssembly.assemble(archive.numberOf(staged), config, Optional.empty(), events());
        archive.keep(staged, "test");
        engine.start();
        Reconfiguration reconfiguration =
                new Reconfiguration(engine, archive, Environment.ofProcess(), new EngineEvents() {});
        Thread changing = new Thread(
                () -> {
                    while (true) {
                        reconfiguration.apply(other.toString(), "test");
                        reconfiguration.apply(one.toString(), "test");
                    }
                },
                "khoka-reload");
        changing.setDaemon(true);
        changing.start();
    }

    private void reached(Step at) {
        if (at == step && left.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(AS_IF_KILLED);
        }
    }

    private EngineEvents events() {
        return new EngineEvents() {
            @Override
            public void received(String listener, int bytes) {
                reached(Step.RECEIVED);
            }

            @Override
            public void accepted(String listener, long messageId, int deliveries, Duration took) {
                reached(Step.COMMITTED);
            }

            @Override
            public void attempted(String destination, OutcomeKind outcome, Duration took) {
                reached(Step.ANSWERED);
            }
        };
    }

    /** Looks at the thread's stack as fast as it can. Each look that sees the step counts. */
    private void watch() {
        while (true) {
            Thread watched = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals(step.thread))
                    .findFirst()
                    .orElse(null);
            while (watched != null && watched.isAlive()) {
                if (isInStep(watched.getStackTrace())) {
                    reached(step);
                }
                LockSupport.parkNanos(20_000);
            }
        }
    }

    private boolean isInStep(StackTraceElement[] stack) {
        return step.frames.stream().allMatch(wanted -> {
            for (StackTraceElement frame : stack) {
                String simple =
                        frame.getClassName().substring(frame.getClassName().lastIndexOf('.') + 1);
                if (List.of(wanted.split("\\|")).contains(simple + "." + frame.getMethodName())) {
                    return true;
                }
            }
            return false;
        });
    }
}
