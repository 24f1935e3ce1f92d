package org.khokahano.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.khokahano.cli.terminal.ExitCode;
import org.khokahano.cli.terminal.Progress;
import org.khokahano.store.sqlite.BackupReport;
import org.khokahano.store.sqlite.StoreInfo;
import org.khokahano.store.sqlite.StoreMaintenance;
import org.khokahano.store.sqlite.StoreReport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code khoka store}: what an operator does with the file that keeps the messages. */
@Command(
        name = "store",
        description = "Look after the store: verify, info, backup, restore, trust-clock.",
        scope = CommandLine.ScopeType.INHERIT, // What each command below does not say is as it is said here.
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes%n",
        exitCodeList = {"0:done, and sound", "1:damaged, or it could not be done"},
        footerHeading = "%nExamples%n",
        footer = {
            "  khoka store info data",
            "  khoka store verify data",
            "  khoka store backup data /backups/hub-monday.db",
            "  khoka store restore /backups/hub-monday.db data"
        })
final class StoreCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                Objects.requireNonNull(spec).commandLine(),
                "say what to do: verify, info, backup, restore or trust-clock");
    }

    @Command(
            name = "verify",
            description = "Read everything: pages, indexes, references, checksums. Runs beside the engine.",
            exitCodeList = {"0:nothing is damaged", "1:something is, or there is no store"},
            footer = "  khoka store verify data")
    int verify(@Parameters(paramLabel = "DATA", description = "The data directory, or a backup.") Path data) {
        PrintWriter out = Outlets.of(spec).out();
        StoreReport report = withProgress(maintenance -> maintenance.verify(data));
        printReport(report, out);
        return report.isSound() ? ExitCode.OK : ExitCode.FAILED;
    }

    @Command(
            name = "info",
            description = "Count what the store holds. Runs beside the engine.",
            exitCodeList = {"0:done", "1:there is no store, or it cannot be read"},
            footer = "  khoka store info data")
    int info(@Parameters(paramLabel = "DATA", description = "The data directory, or a backup.") Path data) {
        printInfo(
                withProgress(maintenance -> maintenance.info(data)),
                Outlets.of(spec).out());
        return ExitCode.OK;
    }

    @Command(
            name = "backup",
            description = "Write a consistent, verified copy. Runs beside the engine; never replaces a file.",
            exitCodeList = {"0:the copy is there and sound", "1:there is no copy"},
            footer = "  khoka store backup data /backups/hub-monday.db")
    int backup(
            @Parameters(paramLabel = "DATA", description = "The data directory.") Path data,
            @Parameters(paramLabel = "FILE", description = "The file to write.") Path file) {
        BackupReport report = withProgress(maintenance -> maintenance.backup(data, file));
        return written("backup written: ", report);
    }

    @Command(
            name = "restore",
            description = {
                "Put a backup in the place of a data directory's store. The engine must not run.",
                "What it holds as queued is delivered again, flagged as a possible duplicate."
            },
            exitCodeList = {"0:restored", "1:nothing was changed"},
            footer = "  khoka store restore /backups/hub-monday.db data")
    int restore(
            @Parameters(paramLabel = "FILE", description = "The backup.") Path file,
            @Parameters(paramLabel = "DATA", description = "The data directory; made where there is none.") Path data,
            @Option(names = "--force", description = "Put aside what the directory holds, rather than refuse.")
                    boolean force) {
        BackupReport report = withProgress(maintenance -> maintenance.restore(file, data, force));
        report.setAside()
                .ifPresent(place -> Outlets.of(spec)
                        .out()
                        .println("what was there before is now in "
                                + place.toAbsolutePath().normalize()));
        return written("restored: ", report);
    }

    @Command(
            name = "trust-clock",
            description = {
                "Let retention believe this machine's clock, after it was far ahead of what retention had seen.",
                "The engine must not run. Look at the date first: what the clock makes old is removed."
            },
            exitCodeList = {"0:the clock is believed", "1:nothing was changed"},
            footer = "  khoka store trust-clock data")
    int trustClock(@Parameters(paramLabel = "DATA", description = "The data directory.") Path data) {
        Instant believed = withProgress(maintenance -> maintenance.trustClock(data));
        PrintWriter out = Outlets.of(spec).out();
        out.println("retention believes the clock from now on: " + believed);
        out.flush();
        return ExitCode.OK;
    }

    private int written(String what, BackupReport report) {
        PrintWriter out = Outlets.of(spec).out();
        printReport(report.report(), out);
        out.println(what + report.info().file().toAbsolutePath().normalize() + ", "
                + report.info().messages() + " messages up to "
                + time(report.info().newestMillis()));
        out.flush();
        return ExitCode.OK;
    }

    private static <T> T withProgress(Function<StoreMaintenance, T> work) {
        try (Steps steps = new Steps()) {
            return work.apply(new StoreMaintenance(steps::at));
        }
    }

    private static void printReport(StoreReport report, PrintWriter out) {
        report.findings().forEach(finding -> out.println(finding));
        if (report.furtherFindings() > 0) {
            out.println("... and " + report.furtherFindings() + " more findings");
        }
        out.println((report.isSound() ? "OK  " : "DAMAGED  ") + report.file() + ": " + report.messages() + " messages, "
                + report.bodies() + " bodies and " + report.deliveries() + " deliveries read");
        if (!report.isSound()) {
            out.println("stop the engine, keep a copy of the directory, and restore the newest sound backup");
        }
        out.flush();
    }

    private static void printInfo(StoreInfo info, PrintWriter out) {
        row(out, "file", info.file() + ", " + bytes(info.fileBytes()) + " and a log of " + bytes(info.logBytes()));
        row(out, "schema", "version " + info.schemaVersion());
        row(out, "free pages", info.freePages() + " of " + info.pages() + " (used again before the file grows)");
        row(out, "messages", Long.toString(info.messages()));
        row(out, "oldest", time(info.oldestMillis()));
        row(out, "newest", time(info.newestMillis()));
        row(out, "quarantined", info.quarantined() + " inputs that are no messages");
        out.println("deliveries");
        info.deliveries()
                .forEach(each -> out.printf("  %-24s %-16s %10d%n", each.destination(), each.state(), each.count()));
        out.flush();
    }

    private static void row(PrintWriter out, String what, String value) {
        out.printf("%-12s %s%n", what, value);
    }

    private static String time(long millis) {
        return millis == 0
                ? "-"
                : Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String bytes(long bytes) {
        return bytes < 10_000_000 ? bytes / 1_000 + " KB" : bytes / 1_000_000 + " MB";
    }

    /** One bar after the other, as the steps come. */
    private static final class Steps implements AutoCloseable {
        private String step = "";
        private @Nullable Progress bar;

        void at(String name, long done, long total) {
            if (!name.equals(step)) {
                close();
                step = name;
                bar = Progress.begin(name, total);
            }
            if (bar != null) {
                bar.at(done);
            }
        }

        @Override
        public void close() {
            if (bar != null) {
                bar.close();
            }
        }
    }
}
