package org.khokahano.tls;

import java.io.IOException;
import java.nio.file.Path;

/** A certificate or key file that cannot be used. The message names the file and what to do. */
public final class TlsFileException extends IOException {

    private final Path file;
    private final String problem;
    private final String advice;

    /**
     * @param problem what is wrong with the file, such as {@code does not exist}
     * @param advice what to do about it; empty where that goes without saying
     */
    public TlsFileException(Path file, String problem, String advice) {
        super(file + ": " + problem + (advice.isEmpty() ? "" : "; " + advice));
        this.file = file;
        this.problem = problem;
        this.advice = advice;
    }

    TlsFileException(Path file, String problem, String advice, Throwable cause) {
        this(file, problem, advice);
        initCause(cause);
    }

    public Path file() {
        return file;
    }

    /** What is wrong with the file, without its name. */
    public String problem() {
        return problem;
    }

    /** What to do about it, or empty. */
    public String advice() {
        return advice;
    }
}
