package org.khokahano.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.khokahano.cases.Coverage;
import org.khokahano.cli.peer.MessageFile;
import org.khokahano.cli.terminal.CommandFailure;
import org.khokahano.cli.terminal.ExitCode;
import org.khokahano.cli.terminal.Paint;
import org.khokahano.config.ConfigurationReader;
import org.khokahano.config.ConfigurationResult;
import org.khokahano.config.EngineConfig;
import org.khokahano.config.problem.ProblemPrinter;
import org.khokahano.config.yaml.Environment;
import org.khokahano.engine.Rehearsal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code khoka explain}: what a configuration does with a message, and why. */
@Command(
        name = "explain",
        description = "Show what a configuration does with a message, and why: each route with what its condition "
                + "read, each mapped field with the step that wrote it, and why a destination does not get it. "
                + "Nothing is sent or stored.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes%n",
        exitCodeList = {
            "0:it is explained, whatever becomes of the message",
            "1:there is no message in the file, or it cannot be read",
            "2:the listener is missing or not one of the configuration",
            "78:the configuration is wrong"
        },
        footerHeading = "%nExamples%n",
        footer = {
            "  khoka explain config/relay docs/admission.hl7",
            "  khoka explain config/national-hub docs/admission.hl7 --listener qmmh-ehr",
            "",
            "It shows what is in the message: keep that in mind with real ones."
        })
final class ExplainCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "DIR",
            description = "The configuration directory: the one with engine.yaml in it.")
    private @Nullable Path directory;

    @Parameters(index = "1", paramLabel = "FILE", description = "A file with one message or several.")
    private @Nullable Path file;

    @Option(
            names = "--listener",
            paramLabel = "LISTENER",
            description = "Where it would come in; needed where the configuration has several.")
    private Optional<String> listener = Optional.empty();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Path place = Objects.requireNonNull(directory);
        PrintWriter out = Outlets.of(spec).out();
        ConfigurationResult read = ConfigurationReader.read(place, Environment.ofProcess());
        if (read.config().isEmpty()) {
            ProblemPrinter.forTerminal(place).print(read.problems(), out);
            return ExitCode.BAD_CONFIGURATION;
        }
        EngineConfig config = read.config().get();
        String from = chosen(config.listeners().keySet());
        Rehearsal rehearsal = new Rehearsal(config, new Coverage(config));
        ExplanationListing listing = new ExplanationListing(config, rehearsal.routes(), Paint.forTerminal(), out);
        List<byte[]> messages = messages();
        for (int index = 0; index < messages.size(); index++) {
            if (messages.size() > 1) {
                out.println((index == 0 ? "" : "\n") + "Message " + (index + 1) + " of " + messages.size() + "\n");
            }
            byte[] message = messages.get(index);
            listing.print(from, message, rehearsal.receive(from, message, System.currentTimeMillis()));
        }
        out.flush();
        return ExitCode.OK;
    }

    private String chosen(Set<String> listeners) {
        if (listener.isEmpty() && listeners.size() == 1) {
            return listeners.iterator().next();
        }
        if (listener.isPresent() && listeners.contains(listener.get())) {
            return listener.get();
        }
        String missing = listener.map(name -> "there is no listener '" + name + "'")
                .orElse("say where the message comes in, with --listener");
        throw new CommandFailure(missing + "; listeners: " + String.join(", ", listeners), ExitCode.USAGE);
    }

    private List<byte[]> messages() {
        Path named = Objects.requireNonNull(file);
        try {
            return MessageFile.read(named.toString(), Files.readAllBytes(named), false)
                    .messages();
        } catch (IOException e) {
            throw new CommandFailure(named + " cannot be read: " + e.getMessage());
        }
    }
}
