package org.khokahano.store.sqlite;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.khokahano.event.EngineEvents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Decides whether the store may accept anything (P5). Too little free space passes by itself; a commit
 * that the disk failed does not: what an fsync reports after a failed one is not to be trusted, so
 * that the store stays closed to new messages until it is opened anew.
 */
final class StorageGuard {

    private static final Logger LOG = LoggerFactory.getLogger(StorageGuard.class);
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Path directory;
    private final long minFreeBytes;
    private final EngineEvents events;
    private volatile @Nullable String failure;
    private volatile boolean spaceIsLow;
    private volatile long lastLookNanos = System.nanoTime() - LOOK_EVERY_NANOS;

    StorageGuard(Path directory, long minFreeBytes, EngineEvents events) {
        this.directory = directory;
        this.minFreeBytes = minFreeBytes;
        this.events = events;
    }

    /** Why nothing may be accepted now, or null where it may. */
    @Nullable
    String refusal() {
        if (failure != null) {
            return failure;
        }
        long now = System.nanoTime();
        if (now - lastLookNanos >= LOOK_EVERY_NANOS) {
            lastLookNanos = now;
            lookAtSpace();
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

    /** Judges a failed commit and returns the reason for refusing what it held. */
    String commitFailed(SQLException e) {
        SQLiteErrorCode code =
                e instanceof SQLiteException sqlite ? sqlite.getResultCode() : SQLiteErrorCode.UNKNOWN_ERROR;
        if (code == SQLiteErrorCode.SQLITE_FULL) {
            spaceIsLow = true;
            LOG.error("the disk under {} is full; nothing is accepted until there is space", directory);
            return "the disk is full";
        }
        if (code == SQLiteErrorCode.SQLITE_BUSY) {
            LOG.error("the store in {} is locked by another program; the commit was refused", directory);
            return "the store is busy";
        }
        String reason = "the store failed to commit (" + code.name() + ")";
        failure = reason;
        LOG.error("{} in {}; nothing is accepted until the engine has been restarted", reason, directory, e);
        events.storeFailed(reason);
        return reason;
    }

    private void lookAtSpace() {
        try {
            FileStore fileStore = Files.getFileStore(directory);
            long free = fileStore.getUsableSpace();
            long wanted = Math.min(minFreeBytes, fileStore.getTotalSpace() / 8);
            boolean low = free < wanted;
            if (low != spaceIsLow) {
                spaceIsLow = low;
                if (low) {
                    LOG.error(
                            "only {} bytes are free under {}, {} are wanted; nothing is accepted"
                                    + " until there is space, deliveries go on",
                            free,
                            directory,
                            wanted);
                } else {
                    LOG.warn("there is space under {} again; messages are accepted", directory);
                }
            }
        } catch (IOException e) {
            LOG.warn("cannot read the free space under {}: {}", directory, e.toString());
        }
    }
}
