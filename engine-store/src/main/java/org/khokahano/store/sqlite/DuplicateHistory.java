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
     * Reads the messages of the window that no run on disk answers for, oldest first. The window ends
     * at the newest message where the clock is past it: a clock that is wrong at the start shortens
     * nothing.
     */
    static DuplicateIndex load(Connection connection, SqliteStoreSettings settings) throws SQLException {
        Duration window = settings.duplicateWindow();
        DuplicateRuns runs = new DuplicateRuns(settings.directory(), settings.journal(), window);
        DuplicateIndex index = new DuplicateIndex(settings.duplicateEntries(), runs);
        if (window.isZero()) {
            return index;
        }
        long since = Math.min(System.currentTimeMillis(), newestMillis(connection)) - window.toMillis();
        runs.open(connection, since);
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT id, identity, content FROM message WHERE id > ? AND at > ? AND identity IS NOT NULL ORDER BY id")) {
            select.setLong(1, runs.highId());
            select.setLong(2, since);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    index.put(rows.getLong(2), rows.getLong(1));
                    index.put(rows.getLong(3), rows.getLong(1));
                    index.settle();
                }
            }
        }
        connection.rollback();
        return index;
    }

    private static long newestMillis(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT at FROM message ORDER BY id DESC LIMIT 1")) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
