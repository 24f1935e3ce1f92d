package org.khokahano.cli;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.khokahano.cli.terminal.ExitCode;
import org.khokahano.config.ConfigurationReader;
import org.khokahano.config.ConfigurationResult;
import org.khokahano.config.EngineConfig;
import org.khokahano.config.problem.ProblemPrinter;
import org.khokahano.config.yaml.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code khoka check}: what is wrong with a configuration, all of it, each with its place. */
@Command(
        name = "check",
        description = "Check a configuration, and the certificates and keys that it names: "
                + "every problem with its file, line and column.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes%n",
        exitCodeList = {"0:the engine can run with it; warnings do not count", "78:it has errors"},
        footerHeading = "%nExamples%n",
        footer = {"  khoka check config/national-hub", "  QMMH_PORT=99999 khoka check config/national-hub"})
final class CheckCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", description = "The configuration directory: the one with engine.yaml in it.")
    private @Nullable Path directory;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Path place = Objects.requireNonNull(directory);
        Outlets outlets = Outlets.of(spec);
        ConfigurationResult result = ConfigurationReader.read(place, Environment.ofProcess());
        ProblemPrinter.forTerminal(place).print(result.problems(), outlets.out());
        result.config().ifPresent(config -> {
            outlets.out().println("OK  " + place + ": engine '" + config.engine() + "', " + found(config));
            outlets.out().flush();
        });
        return result.config().isPresent() ? ExitCode.OK : ExitCode.BAD_CONFIGURATION;
    }

    static String found(EngineConfig config) {
        return counted(config.listeners().values(), "listener")
                + ", " + counted(config.routes().values(), "route")
                + ", " + counted(config.destinations().values(), "destination");
    }

    private static String counted(Collection<?> things, String noun) {
        return things.size() + " " + noun + (things.size() == 1 ? "" : "s");
    }
}
