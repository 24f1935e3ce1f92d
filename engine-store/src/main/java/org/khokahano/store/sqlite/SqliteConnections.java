package org.khokahano.store.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.sqlite.JDBC;

/** Opens connections to one SQLite file with the settings that the store's promises rest on. */
final class SqliteConnections {

    private static final int CACHE_KIBIBYTES = 64 * 1024;

    private SqliteConnections() {}

    /**
     * The only connection that writes. WAL with synchronous=FULL: a commit returns after the fsync of
     * the log. Checkpoints are ours to time, so the automatic one is off.
     */
    static Connection openWriter(Path file) throws SQLException {
        Connection connection = open(file, false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA page_size = 4096");
            statement.execute("PRAGMA auto_vacuum = INCREMENTAL");
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("PRAGMA wal_autocheckpoint = 0");
            statement.execute("PRAGMA cache_size = -" + CACHE_KIBIBYTES);
        }
        connection.setAutoCommit(false);
        return connection;
    }

    static Connection openReader(Path file) throws SQLException {
        Connection connection = open(file, true);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA query_only = ON");
        }
        return connection;
    }

    /** A connection that copies the log into the file and does nothing else. */
    static Connection openCheckpointer(Path file) throws SQLException {
        return open(file, true);
    }

    private static Connection open(Path file, boolean reader) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("busy_timeout", reader ? "5000" : "60000");
        // Halves the time of a commit: nobody asks for generated keys.
        properties.setProperty("jdbc.get_generated_keys", "false");
        Connection connection = JDBC.createConnection("jdbc:sqlite:" + file, properties);
        if (connection == null) {
            throw new SQLException("no SQLite driver for " + file);
        }
        return connection;
    }
}
