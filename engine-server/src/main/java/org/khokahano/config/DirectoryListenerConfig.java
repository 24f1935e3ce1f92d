package org.khokahano.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Files of HL7 messages in a directory, or of what the listener's format reads.
 *
 * @param path relative to wherever the engine is started
 * @param create whether the directory is made where it is not there
 * @param processed a directory in {@code path} where it is absent: {@code processed}
 * @param failed as {@code processed}: {@code failed}
 */
public record DirectoryListenerConfig(
        Path path,
        boolean create,
        String pattern,
        FileOrderBy order,
        Optional<Duration> settle,
        Duration poll,
        Optional<Path> processed,
        Optional<Path> failed,
        boolean delete,
        long maxMessageBytes,
        LineEndsOf lineEnds)
        implements ListenerTransport {

    /** Where files go whose messages were all taken. */
    public Path processedPath() {
        return processed.orElseGet(() -> path.resolve("processed"));
    }

    /** Where the other files go. */
    public Path failedPath() {
        return failed.orElseGet(() -> path.resolve("failed"));
    }
}
