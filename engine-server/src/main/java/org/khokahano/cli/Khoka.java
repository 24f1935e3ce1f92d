package org.khokahano.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code khoka}. */
@Command(
        name = "khoka",
        description = "Khokahano, an HL7 v2 integration engine.",
        mixinStandardHelpOptions = true,
        subcommands = {RunCommand.class})
public final class Khoka {

    private Khoka() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Khoka()).execute(arguments));
    }
}
