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

    /** While space is short the log is kept this short, so that its room is used again. */
    private static final int SHORT_LOG_PAGES = 256;

    private final Connection connection;
    private final GroupCommit writer;
    private final StorageGuard guard;
    private final StepListener steps;
    private final Runnable finish;
    private final Thread thread;
    private volatile boolean stopping;
    private boolean failureIsTold;

    /** What the log holds, and how much of it is in the file. */
    private record LogState(int pages, int copied) {}

    /**
     * @param connection its own connection
     * @param writer the writer, between whose commits the rest is done
     * @param guard looks at the free space as often as this looks at the log
     * @param finish one passive checkpoint on the writer's connection
     */
    Checkpointer(Connection connection, GroupCommit writer, StorageGuard guard, StepListener steps, Runnable finish) {
        this.connection = connection;
        this.writer = writer;
        this.guard = guard;
        this.steps = steps;
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
                if (!guard.isFailed()) {
                    copyIfLong();
                    failureIsTold = false;
                }
            } catch (SQLException e) {
                tell(e);
                guard.look(0);
                guard.checkpointFailed(e);
            } catch (RuntimeException e) {
                tell(e);
            }
        }
    }

    private void copyIfLong() throws SQLException {
        LogState state = checkpoint(connection, "NOOP");
        guard.look((long) (state.pages() - state.copied()) * SqliteConnections.PAGE_BYTES);
        boolean low = guard.isSpaceLow();
        if (state.pages() - state.copied() >= (low ? SHORT_LOG_PAGES : COPY_AFTER_PAGES)) {
            state = copy();
        }
        // Once all is copied, the next commit starts the log again by itself.
        if (state.pages() >= (low ? SHORT_LOG_PAGES : FINISH_AFTER_PAGES) && state.copied() < state.pages()) {
            writer.runBetweenCommits(finish);
        }
    }

    private LogState copy() throws SQLException {
        steps.reached(WriterStep.CHECKPOINTING);
        LogState state = checkpoint(connection, "PASSIVE");
        steps.reached(WriterStep.CHECKPOINTED);
        return state;
    }

    private void tell(Exception e) {
        if (!failureIsTold) {
            failureIsTold = true;
            LOG.error("a checkpoint failed; the log grows until one succeeds", e);
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
        } finally {
            connection.close();
        }
    }
}
