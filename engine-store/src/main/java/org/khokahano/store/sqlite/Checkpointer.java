package org.khokahano.store.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the log into the file beside the writer, so that no commit waits for a large checkpoint. A
 * checkpoint beside a busy writer never catches up with it, and the log could not start again; so
 * once the log is long, the writer itself does the small rest between two commits.
 */
final class Checkpointer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Checkpointer.class);
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Copy once so many pages of the log are not yet in the file. */
    private static final int COPY_AFTER_PAGES = 4_000;

    /** Past this length of the log the writer finishes the copy, so that the log starts again. */
    private static final int FINISH_AFTER_PAGES = 16_000;

    private final Connection connection;
    private final GroupCommit writer;
    private final Runnable finish;
    private final Thread thread;
    private volatile boolean stopping;

    /** What the log holds, and how much of it is in the file. */
    private record LogState(int pages, int copied) {}

    /**
     * @param connection its own connection
     * @param writer the writer, between whose commits the rest is done
     * @param finish one passive checkpoint on the writer's connection
     */
    Checkpointer(Connection connection, GroupCommit writer, Runnable finish) {
        this.connection = connection;
        this.writer = writer;
        this.finish = finish;
        this.thread = new Thread(this::run, "khoka-store-checkpoint");
    }

    void start() {
        thread.start();
    }

    private void run() {
        while (!stopping) {
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
            try {
                LogState state = checkpoint(connection, "NOOP");
                if (state.pages() - state.copied() >= COPY_AFTER_PAGES) {
                    state = checkpoint(connection, "PASSIVE");
                }
                if (state.pages() >= FINISH_AFTER_PAGES) {
                    writer.runBetweenCommits(finish);
                }
            } catch (SQLException e) {
                LOG.error("a checkpoint failed; the log grows until one succeeds", e);
            }
        }
    }

    static LogState checkpoint(Connection connection, String mode) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
            return row.next() ? new LogState(row.getInt(2), row.getInt(3)) : new LogState(0, 0);
        }
    }

    @Override
    public void close() throws SQLException {
        stopping = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connection.close();
    }
}
