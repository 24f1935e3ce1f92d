package org.khokahano.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.khokahano.store.StoreException;

/**
 * Removes rows between two commits of the writer, on its thread and its connection, since SQLite has
 * one writer. A step ends when its time is up, commits what it did and says how far it came; between
 * two steps the writer takes everything that waits.
 */
final class JournalPruner {

    /** Rows between two looks at the clock. */
    private static final int LOOK_EVERY_ROWS = 16;

    private static final int VACUUM_PAGES = 32;
    private static final long ANSWER_SECONDS = 60;

    /** That no delivery of message m is waiting, held or dead; what is never removed. */
    static final String RESOLVED = "NOT EXISTS (SELECT 1 FROM delivery d WHERE d.id >= m.first_delivery"
            + " AND d.id < m.first_delivery + m.deliveries AND +d.state IN (2, 4, 6, 8))";

    private static final String DELIVERIES = "(SELECT d.id FROM message m JOIN delivery d ON"
            + " d.id >= m.first_delivery AND d.id < m.first_delivery + m.deliveries WHERE m.id = ?)";

    private static final String WHERE_RESOLVED =
            " WHERE EXISTS (SELECT 1 FROM message m WHERE m.id = ? AND " + RESOLVED + ")";

    /** What goes with a message's bytes, each statement with the message's id as its argument. */
    private static final List<String> BODY = List.of(
            "UPDATE attempt SET answer = NULL WHERE delivery_id IN " + DELIVERIES + " AND answer IS NOT NULL",
            "DELETE FROM unmapped WHERE delivery_id IN " + DELIVERIES,
            "UPDATE delivery SET payload = NULL WHERE id IN " + DELIVERIES + " AND payload IS NOT NULL",
            "DELETE FROM body WHERE message_id = ?");

    private static final List<String> MESSAGE = List.of(
            "DELETE FROM attempt WHERE delivery_id IN " + DELIVERIES,
            "DELETE FROM unmapped WHERE delivery_id IN " + DELIVERIES,
            "DELETE FROM body WHERE message_id = ?",
            "DELETE FROM delivery WHERE id IN " + DELIVERIES,
            "DELETE FROM message WHERE id = ?");

    private static final List<String> INPUT_BYTES =
            List.of("UPDATE quarantine SET bytes = x'' WHERE id = ? AND length(bytes) > 0");

    private static final List<String> INPUT = List.of("DELETE FROM quarantine WHERE id = ?");

    private final Connection connection;
    private final GroupCommit writer;
    private final StorageGuard guard;
    private final StepListener steps;
    private volatile long lastStepNanos;

    /** What is removed of each id. */
    enum What {
        BODY,
        MESSAGE,
        INPUT_BYTES,
        INPUT;

        private List<String> statements() {
            return switch (this) {
                case BODY -> JournalPruner.BODY;
                case MESSAGE -> JournalPruner.MESSAGE;
                case INPUT_BYTES -> JournalPruner.INPUT_BYTES;
                case INPUT -> JournalPruner.INPUT;
            };
        }

        private boolean isOfMessages() {
            return this == BODY || this == MESSAGE;
        }
    }

    /** One step on the writer's thread. */
    private interface Step {
        long take(long deadlineNanos) throws SQLException;
    }

    JournalPruner(Connection connection, GroupCommit writer, StorageGuard guard, StepListener steps) {
        this.connection = connection;
        this.writer = writer;
        this.guard = guard;
        this.steps = steps;
    }

    /** How long the latest step held up the writer, its commit included. */
    long lastStepNanos() {
        return lastStepNanos;
    }

    /** Whether the writer has so much to do that pruning should wait. */
    boolean isWriterBusy() {
        return writer.isSaturated();
    }

    /**
     * Removes something of the first ids for at most this time. Blocks until the writer has done it.
     *
     * @return how many of the ids are done
     */
    long remove(What what, List<Long> ids, Duration time) {
        return onWriter(time, deadline -> remove(what, ids, deadline));
    }

    /**
     * Cuts free pages off the file for at most this time, down to a number that new messages will soon
     * need. Blocks until the writer has done it.
     *
     * @return how many pages were cut off
     */
    long shrink(long spare, Duration time) {
        return onWriter(time, deadline -> {
            long free = FreePages.count(connection, "main");
            long released = 0;
            while (free - released > spare && System.nanoTime() < deadline) {
                int pages = (int) Math.min(VACUUM_PAGES, free - released - spare);
                FreePages.release(connection, "main", pages);
                released += pages;
            }
            return released;
        });
    }

    /**
     * Removes counts of validation of days before this one, for at most this time. Blocks until the writer has
     * done it.
     *
     * @param rows which rows; their ids are gone through
     * @param afterId the id that was reached before
     * @return the id that was reached, 0 at the end
     */
    long removeCounts(ConformanceRows rows, long afterId, long beforeDay, Duration time) {
        return onWriter(time, deadline -> rows.remove(connection, afterId, beforeDay, deadline));
    }

    /** Remembers up to when the wall clock was believed. Blocks until the writer has done it. */
    void remember(long trustedMillis) {
        onWriter(Duration.ZERO, deadline -> {
            JournalSettings.setTrustedMillis(connection, trustedMillis);
            return 0;
        });
    }

    /** Copies the log into the file, so that the file gets shorter. Blocks until it is done. */
    void checkpoint() {
        onWriter(Duration.ZERO, deadline -> {
            connection.commit();
            Checkpointer.checkpoint(connection, "PASSIVE");
            return 0;
        });
    }

    private long remove(What what, List<Long> ids, long deadline) throws SQLException {
        List<PreparedStatement> statements = new ArrayList<>();
        try (PreparedStatement resolved = connection.prepareStatement("SELECT 1" + WHERE_RESOLVED)) {
            for (String sql : what.statements()) {
                statements.add(connection.prepareStatement(sql));
            }
            int done = 0;
            while (done < ids.size() && (done % LOOK_EVERY_ROWS != 0 || done == 0 || System.nanoTime() < deadline)) {
                long id = ids.get(done++);
                // Asked again here, where nothing can change in between.
                if (what.isOfMessages() && !isResolved(resolved, id)) {
                    continue;
                }
                for (PreparedStatement statement : statements) {
                    statement.setLong(1, id);
                    statement.executeUpdate();
                }
            }
            return done;
        } finally {
            for (PreparedStatement statement : statements) {
                statement.close();
            }
        }
    }

    private static boolean isResolved(PreparedStatement resolved, long id) throws SQLException {
        resolved.setLong(1, id);
        try (ResultSet row = resolved.executeQuery()) {
            return row.next();
        }
    }

    private long onWriter(Duration time, Step step) {
        CompletableFuture<Long> done = new CompletableFuture<>();
        if (!writer.runBetweenCommits(() -> run(time, step, done))) {
            throw new StoreException("the store is closing");
        }
        try {
            return done.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new StoreException("the store could not be pruned: " + e.getMessage(), e);
        } catch (TimeoutException e) {
            done.cancel(false);
            throw new StoreException("the writer did not take up pruning within " + ANSWER_SECONDS + " s", e);
        } catch (InterruptedException e) {
            done.cancel(false);
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while pruning", e);
        }
    }

    private void run(Duration time, Step step, CompletableFuture<Long> done) {
        if (done.isDone()) {
            // Whoever asked has given up: what it knew of the journal may be long out of date.
            return;
        }
        long began = System.nanoTime();
        try {
            if (writer.isFailed()) {
                throw new SQLException("the store has failed");
            }
            long result = step.take(began + time.toNanos());
            commit();
            lastStepNanos = System.nanoTime() - began;
            done.complete(result);
        } catch (SQLException | RuntimeException e) {
            try {
                connection.rollback();
            } catch (SQLException again) {
                // SQLite has rolled back by itself after some faults; the next commit finds out.
                e.addSuppressed(again);
            }
            done.completeExceptionally(e);
        }
    }

    /** What a commit of the writer's own messages would mean, this one means, too (P5). */
    private void commit() throws SQLException {
        try {
            steps.reached(WriterStep.PRUNING);
            connection.commit();
            steps.reached(WriterStep.PRUNED);
        } catch (SQLException e) {
            guard.commitFailed(e);
            throw e;
        }
    }
}
