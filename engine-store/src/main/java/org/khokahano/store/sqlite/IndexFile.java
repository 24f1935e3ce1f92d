package org.khokahano.store.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.JDBC;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The search index's file. Nothing in it is the truth: it is made from the journal, follows behind it,
 * and is deleted and made again where it is missing, damaged, of another version, or of another
 * journal. {@code PRAGMA user_version} holds the version.
 *
 * <pre>
 * progress   one row: the last message that is in the index, with what tells whether the journal
 *            is still the one that it was made from
 * by_*       value and message id; listener, facility and destination by the journal's number
 * period     for each ten minutes of wall time the lowest and highest id stored in them, so that a
 *            clock that went back hides nothing
 * </pre>
 */
final class IndexFile {

    private static final Logger LOG = LoggerFactory.getLogger(IndexFile.class);

    static final int VERSION = 1;
    static final long PERIOD_MILLIS = 600_000;

    /** "KHOI" as a number: marks the file as ours. */
    private static final int APPLICATION_ID = 0x4B484F49;

    /** The tables of values, which are columns of the journal's message table, and by_destination. */
    static final List<String> MESSAGE_COLUMNS = List.of("control_id", "patient_id", "type", "listener", "facility");

    private IndexFile() {}

    /** Opens the index for writing with the journal attached, and makes it anew where need be. */
    static Connection openWriter(Path index, Path journal) throws SQLException {
        try {
            boolean existed = Files.exists(index);
            Connection connection = openAttached(index, journal);
            if (isUsable(connection)) {
                return connection;
            }
            connection.close();
            if (existed) {
                LOG.warn("the search index is of another version or another journal; it is built again");
            }
        } catch (SQLException e) {
            if (!isDamage(e)) {
                throw e;
            }
            LOG.warn("the search index is damaged; it is built again from the journal", e);
        }
        delete(index);
        Connection connection = openAttached(index, journal);
        create(connection);
        return connection;
    }

    /** Deletes the file; nobody may have it open. */
    static void delete(Path index) throws SQLException {
        try {
            for (String suffix : List.of("", "-wal", "-shm")) {
                Files.deleteIfExists(index.resolveSibling(index.getFileName() + suffix));
            }
        } catch (IOException e) {
            throw new SQLException("the search index cannot be deleted: " + e.getMessage(), e);
        }
    }

    static boolean isDamage(SQLException e) {
        SQLiteErrorCode code =
                e instanceof SQLiteException sqlite ? sqlite.getResultCode() : SQLiteErrorCode.UNKNOWN_ERROR;
        return code.name().startsWith("SQLITE_CORRUPT") || code == SQLiteErrorCode.SQLITE_NOTADB;
    }

    private static Connection openAttached(Path index, Path journal) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("busy_timeout", "5000");
        properties.setProperty("jdbc.get_generated_keys", "false");
        Connection connection = JDBC.createConnection("jdbc:sqlite:" + index, properties);
        if (connection == null) {
            throw new SQLException("no SQLite driver for " + index);
        }
        try (Statement statement = connection.createStatement();
                PreparedStatement attach = connection.prepareStatement("ATTACH DATABASE ? AS journal")) {
            statement.execute("PRAGMA auto_vacuum = INCREMENTAL");
            statement.execute("PRAGMA journal_mode = WAL");
            // It can be built again, so that it need not wait for the disk.
            statement.execute("PRAGMA synchronous = NORMAL");
            statement.execute("PRAGMA wal_autocheckpoint = 4000");
            statement.execute("PRAGMA cache_size = -32768");
            attach.setString(1, journal.toString());
            attach.execute();
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static boolean isUsable(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("PRAGMA main.user_version")) {
                if (!row.next() || row.getInt(1) != VERSION) {
                    return false;
                }
            }
            // The journal may have been replaced by another or by an older copy of itself.
            try (ResultSet row = statement.executeQuery("SELECT p.last_id = 0 OR (p.last_id <="
                    + " (SELECT coalesce(max(id), 0) FROM journal.message) AND NOT EXISTS"
                    + " (SELECT 1 FROM journal.message m WHERE m.id = p.last_id"
                    + " AND (m.at <> p.at OR m.control_id <> p.control_id))) FROM progress p")) {
                return row.next() && row.getBoolean(1);
            }
        } finally {
            connection.rollback();
        }
    }

    private static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE main.progress (last_id INTEGER NOT NULL, at INTEGER NOT NULL,"
                    + " control_id TEXT NOT NULL)");
            statement.execute("INSERT INTO main.progress VALUES (0, 0, '')");
            for (String column : MESSAGE_COLUMNS) {
                createTable(statement, column);
            }
            createTable(statement, "destination");
            statement.execute("CREATE TABLE main.period (start INTEGER PRIMARY KEY, low_id INTEGER NOT NULL,"
                    + " high_id INTEGER NOT NULL)");
            statement.execute("PRAGMA main.application_id = " + APPLICATION_ID);
            statement.execute("PRAGMA main.user_version = " + VERSION);
        }
        connection.commit();
    }

    private static void createTable(Statement statement, String column) throws SQLException {
        statement.execute("CREATE TABLE main.by_" + column
                + " (value NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (value, id)) WITHOUT ROWID");
    }
}
