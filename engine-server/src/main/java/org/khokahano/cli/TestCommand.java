package org.khokahano.cli;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.khokahano.cases.CaseChecks;
import org.khokahano.cases.CaseResult;
import org.khokahano.cases.CaseRun;
import org.khokahano.cases.Coverage;
import org.khokahano.cases.JUnitReport;
import org.khokahano.cli.terminal.CommandFailure;
import org.khokahano.cli.terminal.ExitCode;
import org.khokahano.cli.terminal.Paint;
import org.khokahano.config.ConfigurationReader;
import org.khokahano.config.ConfigurationResult;
import org.khokahano.config.EngineConfig;
import org.khokahano.config.cases.CaseFiles;
import org.khokahano.config.problem.ProblemPrinter;
import org.khokahano.config.problem.Problems;
import org.khokahano.config.yaml.Environment;
import org.khokahano.engine.Rehearsal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code khoka test}: the cases of a configuration, without sockets and without a store. */
@Command(
        name = "test",
        description = "Run the cases of a configuration: each message of DIR/cases/**/*.yaml through its routes and "
                + "mappings, against what the case expects; and show what no case reaches.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes%n",
        exitCodeList = {
            "0:every case passed, and enough is covered",
            "1:a case failed, there is none, or too little is covered",
            "78:the configuration or a case is wrong"
        },
        footerHeading = "%nExamples%n",
        footer = {
            "  khoka test config/national-hub",
            "  khoka test config/national-hub --filter results",
            "  khoka test config/national-hub --update                  then look at 'git diff'",
            "  khoka test config/national-hub --junit cases.xml --min-coverage 90"
        })
final class TestCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", description = "The configuration directory: the one with engine.yaml in it.")
    private @Nullable Path directory;

    @Option(names = "--filter", paramLabel = "TEXT", description = "Only cases with this text in their name or file.")
    private Optional<String> filter = Optional.empty();

    @Option(names = "--update", description = "Write the files of expected messages that differ or are missing.")
    private boolean update;

    @Option(names = "--junit", paramLabel = "FILE", description = "Write a report that build servers read.")
    private Optional<Path> junit = Optional.empty();

    @Option(
            names = "--min-coverage",
            paramLabel = "PERCENT",
            description = "Fail if less of routes, conditions and steps is reached.")
    private Optional<Integer> minCoverage = Optional.empty();

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
        Problems problems = new Problems();
        List<CaseFiles.Found> cases = new CaseFiles(place, Environment.ofProcess(), problems).read();
        new CaseChecks(place, config, problems).check(cases);
        ProblemPrinter.forTerminal(place).print(problems.toList(), out);
        if (problems.errors() > 0) {
            return ExitCode.BAD_CONFIGURATION;
        }
        List<CaseFiles.Found> chosen = cases.stream().filter(this::isChosen).toList();
        if (chosen.isEmpty()) {
            throw new CommandFailure(
                    cases.isEmpty()
                            ? "there is no case: write " + place.resolve(CaseFiles.DIRECTORY) + "/....yaml"
                            : "no case has that text in its name or file");
        }
        return run(config, chosen, out);
    }

    private boolean isChosen(CaseFiles.Found found) {
        String wanted = filter.orElse("").toLowerCase(Locale.ROOT);
        return (found.config().name() + "\n" + found.file())
                .toLowerCase(Locale.ROOT)
                .contains(wanted);
    }

    private int run(EngineConfig config, List<CaseFiles.Found> cases, PrintWriter out) {
        Coverage coverage = new Coverage(config);
        Rehearsal rehearsal = new Rehearsal(config, coverage);
        coverage.expect(rehearsal.routes().routes());
        CaseRun run = new CaseRun(Objects.requireNonNull(directory), rehearsal, coverage, update);
        Paint paint = Paint.forTerminal();
        CaseListing listing = new CaseListing(paint, out);
        List<CaseResult> results = new ArrayList<>();
        for (CaseFiles.Found found : cases) {
            CaseResult result = run.run(found);
            results.add(result);
            listing.print(result);
        }
        long failed = results.stream().filter(result -> !result.passed()).count();
        out.println();
        CoverageListing.print(coverage.report(), paint, out);
        out.println();
        String counted = results.size() + (results.size() == 1 ? " case, " : " cases, ") + failed + " failed";
        out.println(failed == 0 ? paint.good(counted) : paint.bad(counted));
        junit.ifPresent(file -> report(file, config.engine(), results));
        boolean enough = isEnough(coverage.report().percent(), paint, out);
        out.flush();
        return failed == 0 && enough ? ExitCode.OK : ExitCode.FAILED;
    }

    private static void report(Path file, String engine, List<CaseResult> results) {
        try {
            JUnitReport.write(file, engine, results);
        } catch (UncheckedIOException e) {
            throw new CommandFailure("the report " + file + " cannot be written: " + e.getMessage());
        }
    }

    private boolean isEnough(int percent, Paint paint, PrintWriter out) {
        if (percent >= minCoverage.orElse(0)) {
            return true;
        }
        out.println(paint.bad("coverage is " + percent + " %, wanted: " + minCoverage.orElse(0) + " %"));
        return false;
    }
}
