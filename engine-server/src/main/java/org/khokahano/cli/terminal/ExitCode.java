package org.khokahano.cli.terminal;

/** What a command answers to the shell. */
public final class ExitCode {
    /** All went well. */
    public static final int OK = 0;
    /** The command ran, and something went wrong. */
    public static final int FAILED = 1;
    /** The command was written wrongly. */
    public static final int USAGE = 2;
    /** EX_CONFIG of sysexits.h: the configuration is wrong. */
    public static final int BAD_CONFIGURATION = 78;

    private ExitCode() {}
}
