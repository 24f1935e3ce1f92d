package org.khokahano.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.khokahano.cli.load.LoadResult;
import org.khokahano.cli.load.LoadRun;
import org.khokahano.cli.load.LoadSettings;
import org.khokahano.cli.terminal.CommandFailure;
import org.khokahano.cli.terminal.ExitCode;
import org.khokahano.cli.terminal.Progress;
import org.khokahano.config.value.HostPort;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code khoka load}: a performance test. */
@Command(
        name = "load",
        description = {
            "Test the performance of a listener with admissions of invented people.",
            "",
            "With --rate messages are due on a fixed schedule, and latency counts from then; without it each "
                    + "connection sends the next message as soon as the answer to the one before is there."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes%n",
        exitCodeList = {
            "0:every message that was sent was answered AA or CA, to the end or to Ctrl-C or SIGTERM",
            "1:some were not",
            "2:the command is wrong"
        },
        footerHeading = "%nExamples%n",
        footer = {
            "  khoka load 127.0.0.1:2575                              10,000 messages, as fast as it goes",
            "  khoka load 127.0.0.1:2575 --rate 500 --seconds 60      a steady stream",
            "  khoka load 127.0.0.1:2575 --connections 64 --size 20000"
        })
final class LoadCommand implements Callable<Integer> {
    private static final long DEFAULT_MESSAGES = 10_000;
    private static final long MOST_MESSAGES = 1_000_000_000;

    @Parameters(paramLabel = "HOST:PORT", converter = Outlets.HostPortConverter.class)
    private @Nullable HostPort to;

    @Option(names = "--rate", paramLabel = "N", description = "Messages a second, over all connections.")
    private double rate;

    @Option(names = "--connections", paramLabel = "N", defaultValue = "8", description = "(${DEFAULT-VALUE})")
    private int connections = 8;

    @Option(
            names = "--messages",
            paramLabel = "N",
            description = "How many; 10000 without --seconds, as many as fit into them with it.")
    private @Nullable Long messages;

    @Option(names = "--seconds", paramLabel = "N", description = "Send no more after so many seconds.")
    private @Nullable Integer seconds;

    @Option(names = "--size", paramLabel = "BYTES", defaultValue = "0", description = "The least size of a message.")
    private int size;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = DurationConverter.class,
            description = "How long to wait for a connection and for each answer (${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofSeconds(30);

    @ArgGroup(validate = false, heading = "%nTLS%n")
    private TlsOptions tlsOptions = new TlsOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Outlets.of(spec).out();
        LoadSettings settings = settings();
        LoadRun run = new LoadRun(settings, tlsOptions.context());
        run.connect();
        // With Ctrl-C the summary so far is what one wants to see.
        StopSignals.onStop(run::stop);
        LoadResult result;
        long expected = settings.messages() == MOST_MESSAGES
                ? (long) (settings.ratePerSecond() * settings.longest().toSeconds())
                : settings.messages();
        try (Progress progress = Progress.begin("load", expected)) {
            result = run.run(progress::at);
        }
        print(result, out);
        return result.positive() == result.sent() && result.sent() > 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private LoadSettings settings() {
        if (rate < 0 || connections < 1 || connections > 1_000 || size < 0 || size > (16 << 20)) {
            throw new CommandFailure(
                    "--rate is above 0, --connections 1 to 1000, --size at most 16777216 bytes", ExitCode.USAGE);
        }
        long most = messages != null ? messages : seconds != null ? MOST_MESSAGES : DEFAULT_MESSAGES;
        Duration longest = Duration.ofSeconds(
                seconds != null ? seconds : Duration.ofDays(1).toSeconds());
        if (most < 1 || most > MOST_MESSAGES || longest.isZero() || longest.isNegative()) {
            throw new CommandFailure("--messages and --seconds are at least 1", ExitCode.USAGE);
        }
        return new LoadSettings(Objects.requireNonNull(to), rate, connections, most, longest, size, timeout);
    }

    private static void print(LoadResult result, PrintWriter out) {
        row(out, "messages", "%,d sent, %,d accepted", result.sent(), result.positive());
        row(out, "time", "%.1f s", result.seconds());
        row(out, "rate", "%,.0f messages/s", result.sent() / result.seconds());
        Histogram latency = result.latencyMicros();
        row(
                out,
                "latency ms",
                "p50 %.2f   p95 %.2f   p99 %.2f   max %.2f",
                latency.getValueAtPercentile(50) / 1e3,
                latency.getValueAtPercentile(95) / 1e3,
                latency.getValueAtPercentile(99) / 1e3,
                latency.getMaxValue() / 1e3);
        result.codes().forEach((code, count) -> row(out, "answer " + code, "%,d", count));
        result.errors().forEach((reason, count) -> row(out, "error", "%,d: %s", count, reason));
        out.flush();
    }

    private static void row(PrintWriter out, String what, String format, Object... values) {
        out.printf("%-12s %s%n", what, String.format(Locale.ROOT, format, values));
    }
}
