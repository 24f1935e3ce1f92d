package org.khokahano.bench.compare;

import java.io.PrintStream;
import java.util.Locale;
import org.khokahano.bench.load.LoadHarness;

/** Shows how far a run is: one line that is written over on a terminal, plain lines elsewhere. */
final class Progress {
    private static final long PLAIN_LINE_NANOS = 10_000_000_000L;

    private final PrintStream out;
    private final boolean terminal;

    @SuppressWarnings("SystemConsoleNull")
    Progress(PrintStream out) {
        this.out = out;
        // From JDK 22 on there is a console without a terminal, too; TERM tells them apart.
        this.terminal = System.console() != null && System.getenv("TERM") != null;
    }

    /** A new step; whatever is shown next belongs to it. */
    void step(String text) {
        out.println(terminal ? "\r\u001B[K" + text : text);
    }

    /** For one phase, with the rate since its start. */
    LoadHarness.ProgressListener phase(String name) {
        long start = System.nanoTime();
        long[] lastPlainLine = {start};
        return (accepted, delivered) -> {
            long now = System.nanoTime();
            if (!terminal && now - lastPlainLine[0] < PLAIN_LINE_NANOS) {
                return;
            }
            lastPlainLine[0] = now;
            double seconds = (now - start) / 1e9;
            String line = String.format(
                    Locale.ROOT,
                    "  %s %5.1f s  %,d acknowledged (%,.0f/s)  %,d delivered",
                    name,
                    seconds,
                    accepted,
                    accepted / seconds,
                    delivered);
            out.print(terminal ? "\r\u001B[K" + line : line + System.lineSeparator());
            out.flush();
        };
    }

    /** Clears the running line. */
    void done() {
        if (terminal) {
            out.print("\r\u001B[K");
            out.flush();
        }
    }
}
