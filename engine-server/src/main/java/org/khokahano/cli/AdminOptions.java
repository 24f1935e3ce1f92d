package org.khokahano.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.khokahano.admin.AdminToken;
import org.khokahano.cli.terminal.CommandFailure;
import org.khokahano.config.ConfigurationReader;
import org.khokahano.config.ConfigurationResult;
import org.khokahano.config.EmbeddedStoreConfig;
import org.khokahano.config.EngineConfig;
import org.khokahano.config.problem.ProblemPrinter;
import org.khokahano.config.value.HostPort;
import org.khokahano.config.yaml.Environment;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What every command that asks a running engine takes: where the engine is, and how to answer. */
final class AdminOptions {

    private static final int BAD_CONFIGURATION = 78;
    private static final String TOKEN_VARIABLE = "KHOKA_ADMIN_TOKEN";

    @Parameters(
            index = "0",
            paramLabel = "DIR",
            description = "The configuration directory that the engine runs with, under the same environment.")
    private @Nullable Path directory;

    @Option(
            names = "--admin",
            paramLabel = "URL",
            description = "The engine's admin address, such as" + " http://127.0.0.1:8080. Default: as configured.")
    private @Nullable URI admin;

    @Option(names = "--data", paramLabel = "DIR", description = "The engine's data directory. Default: as configured.")
    private @Nullable Path data;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file with the API's token. Default: the" + " variable " + TOKEN_VARIABLE
                    + ", then admin.token in the data directory.")
    private @Nullable Path tokenFile;

    @Option(names = "--json", description = "Print the answer as JSON.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    /** A client for the engine. */
    AdminClient client() {
        Environment environment = Environment.ofProcess();
        EngineConfig config = admin != null
                        && (tokenFile != null
                                || data != null
                                || tokenOf(environment).isPresent())
                ? null
                : config(environment);
        return new AdminClient(base(config), token(environment, config));
    }

    /** The directory as it was given. */
    Path directory() {
        return Objects.requireNonNull(directory);
    }

    /** The directory as the engine, in its own working directory, finds it. */
    String place() {
        return Objects.requireNonNull(directory).toAbsolutePath().normalize().toString();
    }

    PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }

    /** Whether the answer is wanted as JSON. */
    boolean isJson() {
        return json;
    }

    /** Prints the answer where JSON was asked for. */
    boolean printedAsJson(JsonNode answer) {
        if (json) {
            out().println(answer.toPrettyString());
        }
        return json;
    }

    private EngineConfig config(Environment environment) {
        Path place = Objects.requireNonNull(directory);
        if (!Files.isDirectory(place)) {
            throw new CommandFailure(
                    (Files.exists(place) ? place + " is no directory" : "there is no directory " + place)
                            + ": name the one that engine.yaml lies in",
                    BAD_CONFIGURATION);
        }
        ConfigurationResult read = ConfigurationReader.read(place, environment);
        if (read.config().isEmpty()) {
            PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
            ProblemPrinter.forTerminal(place).print(read.problems(), err);
            err.flush();
            throw new CommandFailure(
                    "the engine's address is read from the configuration, which has errors; --admin with --data"
                            + " does without it",
                    BAD_CONFIGURATION);
        }
        return read.config().get();
    }

    private URI base(@Nullable EngineConfig config) {
        if (admin != null) {
            return admin;
        }
        HostPort listen = Objects.requireNonNull(config).admin().listen();
        boolean any = listen.host().equals("0.0.0.0") || listen.host().equals("::");
        return URI.create("http://" + (any ? new HostPort("127.0.0.1", listen.port()) : listen));
    }

    private String token(Environment environment, @Nullable EngineConfig config) {
        Path file = tokenFile;
        Optional<String> given = tokenOf(environment);
        if (file == null && given.isPresent()) {
            return given.get().strip();
        }
        if (file == null) {
            Path place = data != null
                    ? data
                    : ((EmbeddedStoreConfig)
                                    Objects.requireNonNull(config).store().place())
                            .path();
            file = place.resolve(AdminToken.FILE);
        }
        try {
            return AdminToken.read(file);
        } catch (IOException e) {
            throw new CommandFailure(
                    "cannot read the API's token from " + file.toAbsolutePath() + "; the engine makes it at its"
                            + " first start, readable for the user that runs it (--data, --token-file or "
                            + TOKEN_VARIABLE + " name another)",
                    AdminClient.NOT_ALLOWED);
        }
    }

    private static Optional<String> tokenOf(Environment environment) {
        return environment.variable(TOKEN_VARIABLE).filter(value -> !value.isBlank());
    }
}
