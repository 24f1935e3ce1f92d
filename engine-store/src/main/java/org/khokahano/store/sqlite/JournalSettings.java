package org.khokahano.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Facts about the journal file itself, kept in its setting table. */
final class JournalSettings {

    private static final String CLEAN = "closedCleanly";
    private static final String TRUSTED = "trustedMillis";

    private JournalSettings() {}

    /** What a restored file is: some of what it holds as queued may have been sent since. */
    static void clearCleanFlag(Connection connection) throws SQLException {
        set(connection, "false");
    }

    /** Whether the file was closed cleanly; from now on it counts as open. A new file is clean. */
    static boolean takeCleanFlag(Connection connection) throws SQLException {
        boolean clean;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT value FROM setting WHERE name = '" + CLEAN + "'")) {
            clean = !row.next() || "true".equals(row.getString(1));
        }
        set(connection, "false");
        return clean;
    }

    static void setCleanFlag(Connection connection) throws SQLException {
        set(connection, "true");
    }

    /** The wall time that retention last believed, 0 where it never ran. */
    static long trustedMillis(Connection connection) throws SQLException {
        return Sql.number(connection, 0, "SELECT CAST(value AS INTEGER) FROM setting WHERE name = ?", TRUSTED);
    }

    /** Sets it in the open transaction. */
    static void setTrustedMillis(Connection connection, long millis) throws SQLException {
        put(connection, TRUSTED, Long.toString(millis));
    }

    private static void set(Connection connection, String value) throws SQLException {
        put(connection, CLEAN, value);
        connection.commit();
    }

    private static void put(Connection connection, String name, String value) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)")) {
            statement.setString(1, name);
            statement.setString(2, value);
            statement.executeUpdate();
        }
    }
}
