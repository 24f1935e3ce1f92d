package org.khokahano.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Fills the duplicate index at start from what the journal holds. */
final class DuplicateHistory {

    private DuplicateHistory() {}

    /**
     * Reads the newest messages of the window, oldest of them first. The window ends at the newest
     * message where the clock is past it: a clock that is wrong at the start shortens nothing.
     */
    static void load(Connection connection, Duration window, DuplicateIndex index) throws SQLException {
        if (window.isZero()) {
            return;
        }
        long since = Math.min(System.currentTimeMillis(), newestMillis(connection)) - window.toMillis();
        try (PreparedStatement select = connection.prepareStatement("SELECT id, identity, content"
                + " FROM message WHERE id > (SELECT coalesce(max(id), 0) - ? FROM message)"
                + " AND at > ? AND identity IS NOT NULL ORDER BY id")) {
            select.setLong(1, index.maxEntries() / 2);
            select.setLong(2, since);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    index.put(rows.getLong(2), rows.getLong(1));
                    index.put(rows.getLong(3), rows.getLong(1));
                }
            }
        }
        connection.rollback();
    }

    private static long newestMillis(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT at FROM message ORDER BY id DESC LIMIT 1")) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
