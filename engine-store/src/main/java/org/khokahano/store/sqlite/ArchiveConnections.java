package org.khokahano.store.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.khokahano.store.StoreException;

/**
 * A few connections for operators' reads, each with the index attached to the journal as {@code idx}.
 * There are never more reads at a time than connections; others wait a while, then are turned away, so
 * that no number of callers can crowd out the engine (F26).
 */
final class ArchiveConnections implements AutoCloseable {

    private static final int MAX_READS = 3;
    private static final long WAIT_SECONDS = 5;

    private final Path journal;
    private final Path index;
    private final Semaphore permits = new Semaphore(MAX_READS, true);
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    /** Something read through a connection. */
    interface Read<T> {
        T from(Connection connection) throws SQLException;
    }

    /** Something done to the index file. */
    interface Change {
        void apply() throws SQLException;
    }

    ArchiveConnections(Path journal, Path index) {
        this.journal = journal;
        this.index = index;
    }

    /** Reads; blocks for a connection. An error closes the connection that it came from. */
    <T> T read(Read<T> read) throws SQLException {
        acquire(1);
        try {
            if (closed) {
                throw new StoreException("the store is closed");
            }
            Connection connection = idle.pollFirst();
            if (connection == null) {
                connection = open();
            }
            boolean whole = false;
            try {
                T result = read.from(connection);
                whole = true;
                return result;
            } finally {
                if (whole) {
                    idle.addFirst(connection);
                } else {
                    connection.close();
                }
            }
        } finally {
            permits.release();
        }
    }

    /** Waits until nobody reads, closes all connections, and makes the change before the next read. */
    void whileNobodyReads(Change change) throws SQLException {
        acquire(MAX_READS);
        try {
            closeIdle();
            change.apply();
        } finally {
            permits.release(MAX_READS);
        }
    }

    private void acquire(int count) {
        try {
            if (permits.tryAcquire(count, WAIT_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while waiting to read the store", e);
        }
        throw new StoreException("too many searches are under way; try again in a moment");
    }

    private Connection open() throws SQLException {
        Connection connection = SqliteConnections.openReader(journal);
        try (PreparedStatement attach = connection.prepareStatement("ATTACH DATABASE ? AS idx")) {
            attach.setString(1, index.toString());
            attach.execute();
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private void closeIdle() throws SQLException {
        for (Connection connection = idle.pollFirst(); connection != null; connection = idle.pollFirst()) {
            connection.close();
        }
    }

    @Override
    public void close() throws SQLException {
        closed = true;
        whileNobodyReads(() -> {});
    }
}
