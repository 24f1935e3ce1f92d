package org.khokahano.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.khokahano.cli.terminal.ExitCode;
import org.khokahano.config.ConfigurationReader;
import org.khokahano.config.ConfigurationResult;
import org.khokahano.config.EmbeddedStoreConfig;
import org.khokahano.config.EngineConfig;
import org.khokahano.config.problem.ProblemPrinter;
import org.khokahano.config.yaml.Environment;
import org.khokahano.engine.AdminAssembly;
import org.khokahano.engine.Engine;
import org.khokahano.engine.EngineAssembly;
import org.khokahano.engine.Reconfiguration;
import org.khokahano.explain.StoredTraces;
import org.khokahano.log.LogSetup;
import org.khokahano.revision.RevisionArchive;
import org.khokahano.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code khoka run}: the daemon. Ends with 0 after SIGTERM or SIGINT, 78 where the configuration is
 * wrong, 1 where the engine could not start.
 */
@Command(
        name = "run",
        description = "Run the engine until SIGTERM or Ctrl-C.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes%n",
        exitCodeList = {"0:it was asked to stop, and did", "1:it could not start", "78:the configuration has errors"},
        footerHeading = "%nExamples%n",
        footer = {"  khoka run config/relay", "  RELAY_OUT=2600 khoka run config/relay --data /var/lib/khokahano"})
final class RunCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", description = "The configuration directory: the one with engine.yaml in it.")
    private @Nullable Path directory;

    @Option(names = "--data", paramLabel = "DIR", description = "Overrides the store's place.")
    private @Nullable Path data;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, IOException {
        Path place = Objects.requireNonNull(directory);
        PrintWriter err = Outlets.of(spec).err();
        ConfigurationResult result = ConfigurationReader.read(place, Environment.ofProcess());
        ProblemPrinter.forTerminal(place).print(result.problems(), err);
        err.flush();
        EngineConfig config = result.config().orElse(null);
        if (config == null) {
            return ExitCode.BAD_CONFIGURATION;
        }
        Banner.print(config, place, Optional.ofNullable(data), err);
        LogSetup.apply(config.log());
        try (AdminAssembly admin = AdminAssembly.begin(config, Optional.ofNullable(data))) {
            RevisionArchive archive = new RevisionArchive(dataOf(config));
            RevisionArchive.Staged staged = archive.stage(place);
            int number = archive.numberOf(staged);
            EngineConfig kept = configOf(place, staged);
            if (kept == null) {
                archive.discard(staged);
                return ExitCode.BAD_CONFIGURATION;
            }
            Engine engine = EngineAssembly.assemble(number, kept, Optional.ofNullable(data), admin.events());
            archive.keep(staged, "khoka run");
            Reconfiguration reconfiguration =
                    new Reconfiguration(engine, archive, Environment.ofProcess(), admin.events());
            admin.attach(engine, reconfiguration, new StoredTraces(engine, archive, Environment.ofProcess()));
            String directory = place.toAbsolutePath().normalize().toString();
            StopSignals.onHangUp(
                    () -> new Thread(() -> reconfiguration.apply(directory, "SIGHUP"), "khoka-reload").start());
            run(engine);
            return ExitCode.OK;
        } catch (UncheckedIOException e) {
            // A certificate or key that the configuration names cannot be used; the message says which.
            err.println("khoka: " + e.getMessage());
            err.flush();
            return ExitCode.BAD_CONFIGURATION;
        } catch (StoreException e) {
            err.println("khoka: " + e.getMessage());
            err.flush();
            return ExitCode.FAILED;
        }
    }

    /** What runs is read from the copy that is kept: somebody may be writing into the directory. */
    private @Nullable EngineConfig configOf(Path place, RevisionArchive.Staged staged) {
        ConfigurationResult read = ConfigurationReader.read(staged.place(), Environment.ofProcess());
        if (read.config().isEmpty()) {
            PrintWriter err = Outlets.of(spec).err();
            ProblemPrinter.forTerminal(place).print(read.problems(), err);
            err.flush();
        }
        return read.config().orElse(null);
    }

    private Path dataOf(EngineConfig config) {
        return data != null ? data : ((EmbeddedStoreConfig) config.store().place()).path();
    }

    private static void run(Engine engine) throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        StopSignals.onStop(asked::countDown);
        // For every other way in which a JVM ends in order; after a signal there is nothing left to do.
        Runtime.getRuntime().addShutdownHook(new Thread(engine::stop, "khoka-stop"));
        engine.start();
        asked.await();
        engine.stop();
    }
}
