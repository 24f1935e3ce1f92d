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
        try (Statement statement = connection.createStatement()) {
            // Run to its end as an update; each step of it releases one page only.
            statement.executeUpdate("PRAGMA " + schema + ".incremental_vacuum(" + pages + ")");
        }
    }

    private static long number(Connection connection, String pragma) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(pragma)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
