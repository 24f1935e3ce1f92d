package org.khokahano.store.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Pages of a file that hold nothing. */
final class FreePages {

    private FreePages() {}

    static long count(Connection connection, String schema) throws SQLException {
        return number(connection, "PRAGMA " + schema + ".freelist_count");
    }

    static long total(Connection connection, String schema) throws SQLException {
        return number(connection, "PRAGMA " + schema + ".page_count");
    }

    /** Cuts so many free pages off the file, in the open transaction. */
    static void release(Connection connection, String schema, int pages) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA " + schema + ".incremental_vacuum(" + pages + ")")) {
            // Each step of the statement releases one page: it must be read to its end.
            int steps = 0;
            while (steps < pages && rows.next()) {
                steps++;
            }
        }
    }

    private static long number(Connection connection, String pragma) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(pragma)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
