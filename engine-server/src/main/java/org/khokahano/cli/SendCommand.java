package org.khokahano.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.khokahano.cli.peer.Answer;
import org.khokahano.cli.peer.MessageFile;
import org.khokahano.cli.peer.MllpClient;
import org.khokahano.cli.peer.ReadableMessage;
import org.khokahano.cli.terminal.CommandFailure;
import org.khokahano.cli.terminal.ExitCode;
import org.khokahano.config.value.HostPort;
import org.khokahano.message.Message;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.tls.TlsContext;
import org.khokahano.tls.TlsRefusal;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code khoka send}: sends the messages of files, one after the other, and shows the answers. */
@Command(
        name = "send",
        description = {
            "Send the messages of files over MLLP, and print each acknowledgement.",
            "",
            "A file holds one message or many: each begins with a line MSH, or stands in an MLLP frame. "
                    + "Batch headers and trailers (FHS, BHS, BTS, FTS) are skipped. Bytes are sent as they are, "
                    + "but where a file ends its lines with LF or CRLF only, each becomes the CR that HL7 wants."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes%n",
        exitCodeList = {"0:every message was answered AA or CA", "1:some were not", "2:the command is wrong"},
        footerHeading = "%nExamples%n",
        footer = {
            "  khoka send 127.0.0.1:2575 admission.hl7",
            "  generate-messages | khoka send hub.example:2575 -",
            "  khoka send --tls --ca authority.pem hub.example:2576 results/*.hl7"
        })
final class SendCommand implements Callable<Integer> {
    private static final int LARGEST_FILE_BYTES = 512 << 20;

    @Parameters(index = "0", paramLabel = "HOST:PORT", converter = Outlets.HostPortConverter.class)
    private @Nullable HostPort to;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "FILE", description = "Files; - is the standard input.")
    private List<String> files = List.of();

    @ArgGroup(validate = false, heading = "%nTLS%n")
    private TlsOptions tlsOptions = new TlsOptions();

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = DurationConverter.class,
            description = "How long to wait for a connection and for each answer (${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofSeconds(30);

    @Option(names = "--keep-line-ends", description = "Send LF and CRLF as they are in the file.")
    private boolean keepLineEnds;

    @Spec
    private @Nullable CommandSpec spec;

    private @Nullable MllpClient client;
    private int sent;
    private int positive;

    @Override
    public Integer call() {
        Outlets outlets = Outlets.of(spec);
        Optional<TlsContext> tls = tlsOptions.context();
        // All files first: half of what was asked for is worse than nothing.
        List<MessageFile> read = files.stream().map(this::read).toList();
        try {
            for (int index = 0; index < files.size(); index++) {
                String name = files.get(index).equals("-") ? "standard input" : files.get(index);
                read.get(index).notes().forEach(note -> outlets.err().println(name + ": " + note));
                outlets.err().flush();
                for (byte[] message : read.get(index).messages()) {
                    send(message, tls, outlets.out());
                }
            }
        } finally {
            disconnect();
        }
        outlets.out().println(positive + " of " + sent + (sent == 1 ? " message" : " messages") + " accepted");
        outlets.out().flush();
        return positive == sent ? ExitCode.OK : ExitCode.FAILED;
    }

    private void send(byte[] message, Optional<TlsContext> tls, PrintWriter out) {
        sent++;
        String controlId = controlId(message);
        String title = "#" + sent + "  " + type(message) + "  " + ReadableMessage.word(controlId) + "  ";
        long start = System.nanoTime();
        try {
            MllpClient open = connected(tls);
            byte[] bytes = open.exchange(message);
            Answer answer = Answer.read(bytes, controlId);
            positive += answer.isPositive() ? 1 : 0;
            out.println(title + answer.code() + "  " + millisSince(start) + " ms");
            ReadableMessage.lines(bytes).forEach(line -> out.println("    " + line));
            answer.problem().ifPresent(problem -> out.println("    = " + problem));
        } catch (SocketTimeoutException e) {
            disconnect();
            out.println(title + "no answer within " + timeout.toMillis() + " ms; --timeout waits longer");
        } catch (SSLException e) {
            // With TLS 1.3 a listener looks at our certificate only after the handshake seems over to us.
            disconnect();
            out.println(title + "no answer: TLS: " + TlsRefusal.of(e).sentenceFor(e));
        } catch (IOException e) {
            disconnect();
            out.println(title + "no answer: " + e.getMessage());
        }
        out.flush();
    }

    /** After a failure the next message has a connection of its own: a late answer must not be taken for its. */
    private MllpClient connected(Optional<TlsContext> tls) {
        MllpClient open = client;
        if (open == null) {
            open = MllpClient.connect(Objects.requireNonNull(to), timeout, tls);
            client = open;
        }
        return open;
    }

    private void disconnect() {
        MllpClient open = client;
        client = null;
        if (open != null) {
            open.close();
        }
    }

    private MessageFile read(String name) {
        try {
            if (name.equals("-")) {
                return MessageFile.read("the standard input", System.in.readAllBytes(), keepLineEnds);
            }
            return MessageFile.read(name, bytes(Path.of(name)), keepLineEnds);
        } catch (NoSuchFileException e) {
            throw new CommandFailure("there is no file " + name);
        } catch (IOException e) {
            throw new CommandFailure(name + " cannot be read: " + e.getMessage());
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new CommandFailure(file + " is a directory; name the files in it: " + file + "/*");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(LARGEST_FILE_BYTES + 1);
            if (content.length > LARGEST_FILE_BYTES) {
                throw new CommandFailure(file + " is larger than 512 MiB; split it");
            }
            return content;
        }
    }

    private static String controlId(byte[] message) {
        try {
            return Message.read(message).header().controlId();
        } catch (UnreadableMessageException e) {
            return "";
        }
    }

    private static String type(byte[] message) {
        try {
            var header = Message.read(message).header();
            return ReadableMessage.word(header.messageCode() + "^" + header.triggerEvent());
        } catch (UnreadableMessageException e) {
            return "(unreadable)";
        }
    }

    private static long millisSince(long startNanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
    }
}
