package org.khokahano.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code khoka}. */
@Command(
        name = "khoka",
        description = "Khokahano, an HL7 v2 integration engine.",
        mixinStandardHelpOptions = true,
        subcommands = {
            RunCommand.class,
            MessagesCommand.class,
            DeadLettersCommand.class,
            DestinationsCommand.class,
            QuarantineCommand.class,
        })
public final class Khoka {

    private Khoka() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The command with all its subcommands; what cannot be done is told on a line, not as a trace. */
    static CommandLine commandLine() {
        return new CommandLine(new Khoka()).setExecutionExceptionHandler(Khoka::tell);
    }

    private static int tell(Exception failure, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (failure instanceof CommandException known) {
            command.getErr().println("khoka: " + known.getMessage());
            return known.exitCode();
        }
        throw failure;
    }
}
