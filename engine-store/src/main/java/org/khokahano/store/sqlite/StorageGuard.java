package org.khokahano.store.sqlite;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.khokahano.event.EngineEvents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether the store may accept anything (P5). Too little free space passes by itself; a commit
 * that the disk failed does not: what an fsync reports after a failed one is not to be trusted, so
 * that the store stays closed to new messages until it is opened anew.
 */
final class StorageGuard {

    private static final Logger LOG = LoggerFactory.getLogger(StorageGuard.class);

    private final Path directory;
    private final long minFreeBytes;
    private final EngineEvents events;
    private volatile @Nullable String failure;
    private volatile boolean spaceIsLow;

    StorageGuard(Path directory, long minFreeBytes, EngineEvents events) {
        this.directory = directory;
        this.minFreeBytes = minFreeBytes;
        this.events = events;
    }

    /** Why nothing may be accepted now, or null where it may. */
    @Nullable
    String refusal() {
        String failed = failure;
        if (failed != null) {
            return failed;
        }
        return spaceIsLow ? "the disk is nearly full" : null;
    }

    /** What the disk has left for the store, in bytes, or -1 where that cannot be read. */
    long freeBytes() {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException e) {
            return -1;
        }
    }

    boolean isFailed() {
        return failure != null;
    }

    boolean isSpaceLow() {
        return spaceIsLow;
    }

    /** Judges a failed commit and returns the reason for refusing what it held. */
    String commitFailed(Throwable problem) {
        if (problem instanceof SQLException e) {
            CommitFault fault = CommitFault.of(e);
            if (fault == CommitFault.FULL) {
                spaceIsLow = true;
                LOG.error("the disk under {} is full; nothing is accepted until there is space", directory);
                return "the disk is full";
            }
            if (fault == CommitFault.BUSY) {
                LOG.error("the store in {} is locked by another program; the commit was refused", directory);
                return "the store is busy";
            }
            return fail("the store failed to commit (" + CommitFault.code(e).name() + ")", e);
        }
        return fail("the store's writer failed (" + problem.getClass().getSimpleName() + ")", problem);
    }

    /** A checkpoint failed: a disk that cannot write the file is not trusted with the log either. */
    void checkpointFailed(SQLException e) {
        if (CommitFault.of(e) == CommitFault.DISK) {
            fail("the store failed to copy its log (" + CommitFault.code(e).name() + ")", e);
        }
    }

    /** Closes the store to new messages for good, and tells so once. */
    String fail(String reason, Throwable problem) {
        synchronized (this) {
            if (failure != null) {
                return failure;
            }
            failure = reason;
        }
        LOG.error("{} in {}; nothing is accepted until the engine has been restarted", reason, directory, problem);
        try {
            events.storeFailed(reason);
        } catch (RuntimeException e) {
            LOG.error("the failure of the store could not be reported", e);
        }
        return reason;
    }

    /** Measures the free space. Blocks on the file system: never called by those who append. */
    void look() {
        try {
            FileStore fileStore = Files.getFileStore(directory);
            long free = fileStore.getUsableSpace();
            long wanted = Math.min(minFreeBytes, fileStore.getTotalSpace() / 8);
            // A little more to open again than to close, so that it does not flutter on the mark.
            boolean low = free < (spaceIsLow ? wanted + wanted / 4 : wanted);
            if (low != spaceIsLow) {
                moveTo(low, free, wanted);
            }
        } catch (IOException e) {
            LOG.warn("cannot read the free space under {}: {}", directory, e.toString());
        }
    }

    private void moveTo(boolean low, long free, long wanted) {
        spaceIsLow = low;
        if (low) {
            LOG.error(
                    "only {} bytes are free under {}, {} are wanted; nothing is accepted until there is"
                            + " space, deliveries go on",
                    free,
                    directory,
                    wanted);
        } else {
            LOG.warn("there is space under {} again; messages are accepted", directory);
        }
    }
}
