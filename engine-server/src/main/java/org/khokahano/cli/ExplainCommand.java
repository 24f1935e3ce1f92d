package org.khokahano.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.khokahano.cases.CaseText;
import org.khokahano.cases.Coverage;
import org.khokahano.cli.peer.MessageFile;
import org.khokahano.cli.terminal.CommandFailure;
import org.khokahano.cli.terminal.ExitCode;
import org.khokahano.cli.terminal.Paint;
import org.khokahano.config.ConfigurationReader;
import org.khokahano.config.ConfigurationResult;
import org.khokahano.config.EngineConfig;
import org.khokahano.config.cases.CaseConfig;
import org.khokahano.config.cases.CaseFiles;
import org.khokahano.config.problem.ProblemPrinter;
import org.khokahano.config.problem.Problems;
import org.khokahano.config.yaml.Environment;
import org.khokahano.engine.Rehearsal;
import org.khokahano.explain.ExplanationListing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code khoka explain}: what a configuration does, or did, with a message, and why. */
@Command(
        name = "explain",
        description = "Show what a configuration does with a message, and why: each route with what its condition "
                + "read, each mapped field with the step that wrote it, and why a destination does not get it. "
                + "Nothing is sent or stored. With --message the running engine explains what it did.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes%n",
        exitCodeList = {
            "0:it is explained, whatever becomes of the message",
            "1:there is no message in the file, or it cannot be read; the engine cannot explain it",
            "2:the listener is missing or not one of the configuration; options that do not go together",
            "69:with --message: no engine answers",
            "77:with --message: the token is missing or wrong",
            "78:the configuration or the case is wrong"
        },
        footerHeading = "%nExamples%n",
        footer = {
            "  khoka explain config/relay docs/admission.hl7",
            "  khoka explain config/national-hub docs/admission.hl7 --listener qmmh-ehr",
            "  khoka explain config/national-hub config/national-hub/cases/orders/order-qmmh.yaml",
            "  khoka explain config/relay --message 1042 --reason 'call of the laboratory'",
            "",
            "It shows what is in the message: keep that in mind with real ones."
        })
final class ExplainCommand implements Callable<Integer> {

    @Mixin
    private AdminOptions options = new AdminOptions();

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FILE",
            description = "A file with one message or several; or a case (.yaml), whose message, listener and time"
                    + " are taken.")
    private @Nullable Path file;

    @Option(
            names = "--listener",
            paramLabel = "LISTENER",
            description = "Where it would come in; needed where the configuration has several.")
    private Optional<String> listener = Optional.empty();

    @Option(
            names = "--received",
            paramLabel = "TIME",
            description = "When it would come in, as 2026-11-22T21:10:00Z: rows of code tables go by it. Default: now.")
    private Optional<String> received = Optional.empty();

    @Option(
            names = "--message",
            paramLabel = "ID",
            description = "A message that the running engine has stored, instead of FILE: by the revision that planned"
                    + " it. Needs --reason.")
    private @Nullable Long message;

    @Option(names = "--reason", paramLabel = "TEXT", description = "With --message: why it is looked at. Logged.")
    private Optional<String> reason = Optional.empty();

    @Spec
    private @Nullable CommandSpec spec;

    /**
     * What is to be explained.
     *
     * @param listener where it comes in; empty where that was not said
     * @param answer what the asked destination answers, where the listener asks one
     */
    private record Given(
            List<byte[]> messages, Optional<String> listener, long receivedMillis, Optional<byte[]> answer) {}

    @Override
    public Integer call() {
        if ((file == null) == (message == null)) {
            throw new CommandFailure("name either a FILE or a stored message with --message ID", ExitCode.USAGE);
        }
        Path named = file;
        if (named != null && !Files.isRegularFile(named)) {
            throw new CommandFailure(
                    Files.isDirectory(named)
                            ? named + " is a directory: name one file, with a message or a case"
                            : "there is no file " + named);
        }
        PrintWriter out = Outlets.of(spec).out();
        int exit = message == null ? explainFile(options.directory(), out) : explainStored(message, out);
        out.flush();
        return exit;
    }

    private int explainStored(long id, PrintWriter out) {
        if (listener.isPresent() || received.isPresent()) {
            throw new CommandFailure(
                    "a stored message has its listener and its time: leave out --listener and --received",
                    ExitCode.USAGE);
        }
        String why = reason.filter(text -> !text.isBlank())
                .orElseThrow(() ->
                        new CommandFailure("--message shows patient data: say why with --reason TEXT", ExitCode.USAGE));
        JsonNode trace = options.client().get("/api/messages/" + id + "/explanation", Map.of("reason", why));
        if (options.printedAsJson(trace)) {
            return ExitCode.OK;
        }
        String by = trace.path("explainedBy").asInt() == 0
                ? ""
                : ", by revision " + trace.path("explainedBy").asInt();
        out.println("Message " + id + ", received " + trace.path("receivedAt").asText() + by);
        String note = trace.path("note").asText();
        if (!note.isEmpty()) {
            out.println("Note: " + note);
        }
        out.println();
        trace.path("lines").forEach(line -> out.println(line.asText()));
        return ExitCode.OK;
    }

    private int explainFile(Path place, PrintWriter out) {
        ConfigurationResult read = ConfigurationReader.read(place, Environment.ofProcess());
        if (read.config().isEmpty()) {
            ProblemPrinter.forTerminal(place).print(read.problems(), out);
            return ExitCode.BAD_CONFIGURATION;
        }
        EngineConfig config = read.config().get();
        Path named = Objects.requireNonNull(file);
        Problems problems = new Problems();
        Optional<Given> given = isCase(named) ? ofCase(place, named, problems) : Optional.of(ofMessages(named));
        if (given.isEmpty()) {
            ProblemPrinter.forTerminal(place).print(problems.toList(), out);
            return ExitCode.BAD_CONFIGURATION;
        }
        String from = chosen(given.get().listener(), config.listeners().keySet());
        Rehearsal rehearsal = new Rehearsal(config, new Coverage(config));
        if (options.isJson()) {
            printJson(config, rehearsal, from, given.get());
            return ExitCode.OK;
        }
        ExplanationListing listing = new ExplanationListing(config, rehearsal.routes(), Paint.forTerminal(), out);
        List<byte[]> messages = given.get().messages();
        for (int index = 0; index < messages.size(); index++) {
            if (messages.size() > 1) {
                out.println((index == 0 ? "" : "\n") + "Message " + (index + 1) + " of " + messages.size() + "\n");
            }
            print(listing, rehearsal, from, messages.get(index), given.get());
        }
        return ExitCode.OK;
    }

    private static void print(
            ExplanationListing listing, Rehearsal rehearsal, String from, byte[] message, Given given) {
        listing.print(from, message, rehearsal.receive(from, message, given.receivedMillis(), given.answer()));
    }

    /** As the engine's traces of stored messages: what belongs to all once, and the lines of each. */
    private void printJson(EngineConfig config, Rehearsal rehearsal, String from, Given given) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("listener", from)
                .put("receivedAt", Instant.ofEpochMilli(given.receivedMillis()).toString());
        ArrayNode messages = answer.putArray("messages");
        for (byte[] message : given.messages()) {
            StringWriter written = new StringWriter();
            PrintWriter lines = new PrintWriter(written);
            print(
                    new ExplanationListing(config, rehearsal.routes(), new Paint(false), lines),
                    rehearsal,
                    from,
                    message,
                    given);
            lines.flush();
            ArrayNode shown = messages.addObject().putArray("lines");
            written.toString().lines().forEach(shown::add);
        }
        options.printedAsJson(answer);
    }

    private static boolean isCase(Path named) {
        return named.toString().endsWith(".yaml") || named.toString().endsWith(".yml");
    }

    private Given ofMessages(Path named) {
        return new Given(messages(named), listener, receivedMillis(System.currentTimeMillis()), Optional.empty());
    }

    /** As the case is run by {@code khoka test}; what the options say comes before what it says. */
    private Optional<Given> ofCase(Path place, Path named, Problems problems) {
        Path whole = place.toAbsolutePath().normalize();
        Path absolute = named.toAbsolutePath().normalize();
        if (!absolute.startsWith(whole)) {
            throw new CommandFailure(named + " is not in " + place + ": a case lies with its configuration");
        }
        String name = whole.relativize(absolute).toString().replace('\\', '/');
        return new CaseFiles(place, Environment.ofProcess(), problems)
                .read(name)
                .map(found -> {
                    CaseConfig config = found.config();
                    try {
                        return new Given(
                                List.of(CaseText.of(place, found)),
                                listener.or(() -> Optional.of(config.listener().value())),
                                receivedMillis(config.received()),
                                CaseText.answer(place, found));
                    } catch (IOException e) {
                        throw new CommandFailure("the message of " + named + " cannot be read: " + why(e));
                    }
                });
    }

    private long receivedMillis(long otherwise) {
        try {
            return received.map(text -> OffsetDateTime.parse(text).toInstant().toEpochMilli())
                    .orElse(otherwise);
        } catch (DateTimeException | ArithmeticException e) {
            throw new CommandFailure(
                    "--received is a time with its zone, as 2026-11-22T21:10:00Z or 2026-11-22T23:10:00+02:00",
                    ExitCode.USAGE);
        }
    }

    private static String chosen(Optional<String> named, Set<String> listeners) {
        if (named.isEmpty() && listeners.size() == 1) {
            return listeners.iterator().next();
        }
        if (named.isPresent() && listeners.contains(named.get())) {
            return named.get();
        }
        String missing = named.map(name -> "there is no listener '" + name + "'")
                .orElse("say where the message comes in, with --listener");
        throw new CommandFailure(missing + "; listeners: " + String.join(", ", listeners), ExitCode.USAGE);
    }

    private static List<byte[]> messages(Path named) {
        try {
            return MessageFile.read(named.toString(), Files.readAllBytes(named), false)
                    .messages();
        } catch (IOException e) {
            throw new CommandFailure(named + " cannot be read: " + why(e));
        }
    }

    /** The library says a file's name alone where it is missing or not allowed. */
    private static String why(IOException failure) {
        if (failure instanceof NoSuchFileException missing) {
            return "there is no file " + missing.getFile();
        }
        return failure instanceof AccessDeniedException ? "permission denied" : String.valueOf(failure.getMessage());
    }
}
