package org.khokahano.cli;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.khokahano.cli.demo.Demo;
import org.khokahano.cli.demo.DemoPorts;
import org.khokahano.cli.terminal.CommandFailure;
import org.khokahano.cli.terminal.ExitCode;
import org.khokahano.config.ConfigurationReader;
import org.khokahano.config.ConfigurationResult;
import org.khokahano.config.EngineConfig;
import org.khokahano.config.problem.ProblemPrinter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code khoka demo}: the national hub with simulated partners and live traffic. */
@Command(
        name = "demo",
        description = {
            "Run the national hub of config/national-hub with simulated partners and live traffic.",
            "",
            "Listens on this machine only. All patients are invented."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes%n",
        exitCodeList = {
            "0:its time was over, or it was ended with Ctrl-C or SIGTERM",
            "1:it could not start",
            "78:its configuration has errors"
        },
        footerHeading = "%nExamples%n",
        footer = {"  khoka demo", "  khoka demo --seconds 60 --data demo-data"})
final class DemoCommand implements Callable<Integer> {
    private static final Path CONFIGURATION = Path.of("config", "national-hub");
    private static final String LOG_PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0}: %msg%n";

    @Option(names = "--config", paramLabel = "DIR", description = "The hub's configuration.", hidden = true)
    private @Nullable Path configuration;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keep the data here; without it they are in a directory that is removed at the end.")
    private @Nullable Path data;

    @Option(names = "--seconds", paramLabel = "N", description = "End after so many seconds.")
    private @Nullable Integer seconds;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Outlets outlets = Outlets.of(spec);
        Path directory = configuration != null ? configuration : findConfiguration();
        DemoPorts ports = DemoPorts.choose();
        Path place = dataDirectory();
        try {
            ConfigurationResult result =
                    ConfigurationReader.read(directory, ports.environment(Demo.analyserFiles(place)));
            ProblemPrinter.forTerminal(directory).print(result.problems(), outlets.err());
            if (result.config().isEmpty()) {
                return ExitCode.BAD_CONFIGURATION;
            }
            logInto(place.resolve("khoka.log"));
            run(result.config().get(), ports, directory, place, outlets.out());
        } finally {
            if (data == null) {
                remove(place);
            }
        }
        return ExitCode.OK;
    }

    private void run(EngineConfig config, DemoPorts ports, Path directory, Path place, PrintWriter out)
            throws InterruptedException {
        Demo demo = new Demo(config, ports, place, out);
        StopSignals.onStop(demo::stop);
        demo.run(directory, seconds != null ? Duration.ofSeconds(seconds) : Duration.ofDays(1), data != null);
    }

    private Path dataDirectory() {
        try {
            return data != null ? Files.createDirectories(data) : Files.createTempDirectory("khoka-demo-");
        } catch (IOException e) {
            throw new CommandFailure(
                    "no directory for the data can be made (" + e.getMessage() + "); name one with --data");
        }
    }

    /** Beside the working directory, and where the engine was built or unpacked. */
    private static Path findConfiguration() {
        List<Path> places = new ArrayList<>(List.of(CONFIGURATION));
        try {
            Path library = Path.of(Khoka.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            for (Path above = library.getParent(); above != null && places.size() < 6; above = above.getParent()) {
                places.add(above.resolve(CONFIGURATION));
            }
        } catch (URISyntaxException e) {
            // Then the working directory is the only place to look at.
            return CONFIGURATION;
        }
        return places.stream()
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(() -> new CommandFailure(
                        "there is no " + CONFIGURATION + " here; run khoka from the project's directory"));
    }

    /** The screen belongs to the story; what the engine logs goes into a file. */
    private static void logInto(Path file) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            PatternLayoutEncoder encoder = new PatternLayoutEncoder();
            encoder.setContext(context);
            encoder.setPattern(LOG_PATTERN);
            encoder.start();
            FileAppender<ILoggingEvent> appender = new FileAppender<>();
            appender.setContext(context);
            appender.setFile(file.toString());
            appender.setEncoder(encoder);
            appender.start();
            ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
            root.detachAndStopAllAppenders();
            root.addAppender(appender);
        }
    }

    private static void remove(Path directory) {
        if (Files.notExists(directory)) {
            // Where the demo could not start, the command has removed it before the process's end does.
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new CommandFailure("the demo's data could not be removed from " + directory + ": " + e.getMessage());
        }
    }
}
