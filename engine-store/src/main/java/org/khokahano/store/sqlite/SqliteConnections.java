package org.khokahano.store.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/** Opens connections to one SQLite file with the settings that the store's promises rest on. */
final class SqliteConnections {

    private static final int WRITER_WAIT_MILLIS = 60_000;
    private static final int READER_WAIT_MILLIS = 5_000;
    private static final int CACHE_KIBIBYTES = 64 * 1024;

    private static final long MAX_IDLE_LOG_BYTES = 128L << 20;

    private SqliteConnections() {}

    /**
     * The only connection that writes. WAL with synchronous=FULL: a commit returns after the fsync of
     * the log. Checkpoints are ours to time, so the automatic one is off.
     */
    static Connection openWriter(Path file) throws SQLException {
        Connection connection = open(file, new Properties(), WRITER_WAIT_MILLIS);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA page_size = 4096");
            statement.execute("PRAGMA auto_vacuum = INCREMENTAL");
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("PRAGMA wal_autocheckpoint = 0");
            // What a burst or a long backup made the log grow to is given back.
            statement.execute("PRAGMA journal_size_limit = " + MAX_IDLE_LOG_BYTES);
            statement.execute("PRAGMA cache_size = -" + CACHE_KIBIBYTES);
        }
        connection.setAutoCommit(false);
        return connection;
    }

    /**
     * A connection that cannot write. The last one to close a file checkpoints it, unless it is such a
     * one: so a store that failed closes this last, and leaves the log as the disk has it.
     */
    static Connection openReader(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        return open(file, config.toProperties(), READER_WAIT_MILLIS);
    }

    /** A connection that writes to a copy that no engine has opened yet; it makes no log. */
    static Connection openRestored(Path file) throws SQLException {
        Connection connection = open(file, new Properties(), READER_WAIT_MILLIS);
        connection.setAutoCommit(false);
        return connection;
    }

    /** A connection that copies the log into the file and does nothing else. */
    static Connection openCheckpointer(Path file) throws SQLException {
        return open(file, new Properties(), READER_WAIT_MILLIS);
    }

    private static Connection open(Path file, Properties properties, int waitMillis) throws SQLException {
        properties.setProperty("busy_timeout", Integer.toString(waitMillis));
        // Halves the time of a commit: nobody asks for generated keys.
        properties.setProperty("jdbc.get_generated_keys", "false");
        Connection connection = JDBC.createConnection("jdbc:sqlite:" + file, properties);
        if (connection == null) {
            throw new SQLException("no SQLite driver for " + file);
        }
        return connection;
    }
}
