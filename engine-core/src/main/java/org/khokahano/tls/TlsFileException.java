package org.khokahano.tls;

import java.io.IOException;
import java.nio.file.Path;

/** A certificate or key file that cannot be used. The message names the file and what to do. */
public final class TlsFileException extends IOException {

    public TlsFileException(Path file, String problem) {
        super(file + ": " + problem);
    }

    TlsFileException(Path file, String problem, Throwable cause) {
        super(file + ": " + problem, cause);
    }
}
