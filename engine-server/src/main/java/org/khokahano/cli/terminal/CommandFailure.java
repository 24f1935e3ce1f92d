package org.khokahano.cli.terminal;

/** Something expected that keeps a command from its work. Shown as one line, without a stack trace. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    /** @param message what is wrong and what to do about it, in one line */
    public CommandFailure(String message) {
        this(message, ExitCode.FAILED);
    }

    /** @param exitCode one of {@link ExitCode} */
    public CommandFailure(String message, int exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
