package org.khokahano.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.khokahano.cli.peer.ReadableMessage;
import org.khokahano.cli.peer.Sink;
import org.khokahano.cli.peer.SinkAnswer;
import org.khokahano.cli.peer.SinkSettings;
import org.khokahano.cli.terminal.CommandFailure;
import org.khokahano.cli.terminal.ExitCode;
import org.khokahano.config.value.HostPort;
import org.khokahano.message.Message;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code khoka sink}: a partner that takes messages and answers as it is told. */
@Command(
        name = "sink",
        description = {
            "Be a partner: take messages over MLLP and acknowledge them.",
            "",
            "Without --bodies only the time, type, control id, size and answer of each message is printed."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes%n",
        exitCodeList = {"0:--count messages came, or it was ended with Ctrl-C or SIGTERM", "1:the port is taken"},
        footerHeading = "%nExamples%n",
        footer = {
            "  khoka sink 2576",
            "  khoka sink 2576 --answer AE --every 10   every tenth message is refused",
            "  khoka sink 2576 --delay 200ms            a slow partner",
            "  khoka sink 0 --count 1 --save received   one message into a file, on a free port"
        })
final class SinkCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    @Parameters(paramLabel = "PORT", description = "The TCP port; 0 for a free one, which is printed.")
    private int port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "The address to listen on (${DEFAULT-VALUE}); 0.0.0.0 for all.")
    private String host = "127.0.0.1";

    @Option(
            names = "--answer",
            paramLabel = "CODE",
            defaultValue = "AA",
            description = "AA, AE, AR, CA, CE, CR, none or wrong-id (${DEFAULT-VALUE}).",
            converter = AnswerConverter.class)
    private SinkAnswer answer = SinkAnswer.AA;

    @Option(
            names = "--every",
            paramLabel = "N",
            defaultValue = "1",
            description = "Give that answer only to every Nth message; AA to the others.")
    private long every = 1;

    @Option(
            names = "--delay",
            paramLabel = "TIME",
            defaultValue = "0ms",
            converter = DurationConverter.class,
            description = "Answer so much later.")
    private Duration delay = Duration.ZERO;

    @Option(names = "--drop", description = "Close the connection instead of answering.")
    private boolean drop;

    @Option(names = "--quiet", description = "Print nothing for a message.")
    private boolean quiet;

    @Option(names = "--bodies", description = "Print the messages too. They may be about real people.")
    private boolean bodies;

    @Option(names = "--save", paramLabel = "DIR", description = "Save each message into a file of this directory.")
    private @Nullable Path directory;

    @Option(names = "--count", paramLabel = "N", description = "End after N messages.")
    private long count;

    @Spec
    private @Nullable CommandSpec spec;

    private final CountDownLatch ended = new CountDownLatch(1);

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = Outlets.of(spec).out();
        if (every < 1 || count < 0 || port < 0 || port > 65_535) {
            throw new CommandFailure("--every is 1 or more, --count 0 or more, PORT 0 to 65535", ExitCode.USAGE);
        }
        makeDirectory();
        SinkAnswer special = drop ? SinkAnswer.DROP : answer;
        SinkSettings settings = new SinkSettings(
                new HostPort(host, port), delay, (message, number) -> number % every == 0 ? special : SinkAnswer.AA);
        // Before the port is told: whoever reads that line may send a signal at once.
        StopSignals.onStop(ended::countDown);
        try (Sink sink = new Sink(settings, listener(out))) {
            out.println("listening on " + new HostPort(host, sink.open()) + ", answering " + special
                    + (every > 1 ? " to every " + every + "th message" : ""));
            out.flush();
            ended.await();
            farewell(out, sink);
        }
        return ExitCode.OK;
    }

    /** Ends the command once the answers to the first {@code count} messages were written. */
    private Sink.Listener listener(PrintWriter out) {
        AtomicLong answered = new AtomicLong();
        return new Sink.Listener() {
            @Override
            public void received(long number, byte[] bytes, @Nullable Message message, SinkAnswer given) {
                SinkCommand.this.received(out, number, bytes, message, given);
            }

            @Override
            public void answered(long number) {
                if (number <= count && answered.incrementAndGet() == count) {
                    ended.countDown();
                }
            }
        };
    }

    private void makeDirectory() {
        if (directory != null) {
            try {
                Files.createDirectories(directory);
            } catch (IOException e) {
                throw new CommandFailure("the directory " + directory + " cannot be made: " + e.getMessage());
            }
        }
    }

    private static void farewell(PrintWriter out, Sink sink) {
        out.println(sink.count() + (sink.count() == 1 ? " message" : " messages") + " received");
        out.flush();
    }

    private synchronized void received(
            PrintWriter out, long number, byte[] bytes, @Nullable Message message, SinkAnswer given) {
        save(number, bytes, message);
        if (quiet) {
            return;
        }
        String type = message == null
                ? "(unreadable)"
                : message.header().messageCode() + "^" + message.header().triggerEvent();
        String controlId = message == null ? "" : message.header().controlId();
        out.printf(
                "%s  #%-6d  %-8s  %-20s  %7d B  %s%n",
                LocalTime.now().format(TIME),
                number,
                ReadableMessage.word(type),
                ReadableMessage.word(controlId),
                bytes.length,
                given);
        if (bodies) {
            ReadableMessage.lines(bytes).forEach(line -> out.println("    " + line));
        }
        out.flush();
    }

    private void save(long number, byte[] bytes, @Nullable Message message) {
        Path place = directory;
        if (place == null) {
            return;
        }
        String controlId = message == null ? "unreadable" : message.header().controlId();
        String name = String.format(Locale.ROOT, "%06d-%s.hl7", number, controlId.replaceAll("[^A-Za-z0-9_-]", "_"));
        try {
            Files.write(place.resolve(name.length() > 120 ? name.substring(0, 120) : name), bytes);
        } catch (IOException e) {
            Outlets.of(spec).err().println("khoka: message " + number + " cannot be saved: " + e.getMessage());
        }
    }

    /** Reads {@code AA}, {@code none}, {@code wrong-id}. */
    static final class AnswerConverter implements picocli.CommandLine.ITypeConverter<SinkAnswer> {
        @Override
        public SinkAnswer convert(String text) {
            for (SinkAnswer each : SinkAnswer.values()) {
                if (each.toString().equalsIgnoreCase(text)) {
                    return each;
                }
            }
            throw new picocli.CommandLine.TypeConversionException(
                    "'" + text + "' is none of AA, AE, AR, CA, CE, CR, none, wrong-id");
        }
    }
}
