package org.khokahano.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.khokahano.cli.terminal.CommandFailure;
import org.khokahano.cli.terminal.ExitCode;
import org.khokahano.store.StoreException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code khoka}. */
@Command(
        name = "khoka",
        header = "Khokahano, an HL7 v2 integration engine.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes%n",
        exitCodeList = {
            "0:it went well",
            "1:it did not; one line says why",
            "2:the command is wrong",
            "78:the configuration is wrong"
        },
        footerHeading = "%n",
        footer = {
            "Try first",
            "  khoka demo                        a national hub with live traffic, explained",
            "  khoka check config/national-hub   what its configuration holds",
            "  khoka COMMAND --help              options and examples of a command"
        },
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            CheckCommand.class,
            TestCommand.class,
            ExplainCommand.class,
            SchemaCommand.class,
            ProfileCommand.class,
            ConfigurationCommands.Plan.class,
            ConfigurationCommands.Apply.class,
            ConfigurationCommands.Revisions.class,
            SendCommand.class,
            SinkCommand.class,
            LoadCommand.class,
            MessagesCommand.class,
            DeadLettersCommand.class,
            CodesCommand.class,
            ConformanceCommand.class,
            DestinationsCommand.class,
            SequenceCommand.class,
            AcksCommand.class,
            FragmentsCommand.class,
            QuarantineCommand.class,
            StoreCommand.class
        })
public final class Khoka implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    private Khoka() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The whole command line, with failures as one line each. */
    static CommandLine commandLine() {
        return new CommandLine(new Khoka())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(Khoka::wronglyWritten)
                .setExecutionExceptionHandler(Khoka::failed);
    }

    /** Without a command: the overview. */
    @Override
    public void run() {
        CommandLine self = Objects.requireNonNull(spec).commandLine();
        self.usage(self.getOut());
    }

    private static int wronglyWritten(ParameterException problem, String[] arguments) {
        CommandLine command = problem.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(command.getCommandSpec().qualifiedName() + ": " + firstLine(String.valueOf(problem.getMessage())));
        List<String> suggestions =
                problem instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        if (!suggestions.isEmpty()) {
            err.println("  did you mean: " + String.join(" or ", suggestions) + "?");
        }
        err.println("  '" + command.getCommandSpec().qualifiedName() + " --help' shows how it is written");
        err.flush();
        return ExitCode.USAGE;
    }

    private static int failed(Exception failure, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        int exitCode;
        if (failure instanceof CommandFailure expected) {
            exitCode = expected.exitCode();
        } else if (failure instanceof StoreException) {
            exitCode = ExitCode.FAILED;
        } else {
            // A bug: the stack trace is what helps.
            throw failure;
        }
        command.getErr().println("khoka: " + failure.getMessage());
        command.getErr().flush();
        return exitCode;
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }
}
