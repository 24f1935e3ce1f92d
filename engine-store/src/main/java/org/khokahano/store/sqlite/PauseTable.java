package org.khokahano.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.khokahano.store.AppendResult;
import org.khokahano.store.PausedDestination;

/** Which destinations are paused: rows {@code paused/NAME} of the setting table, time and reason. */
final class PauseTable {

    private static final String PREFIX = "paused/";

    private PauseTable() {}

    /** The change as an action of the writer. */
    static JournalAction change(
            Connection connection, String destination, boolean paused, String reason, long atMillis) {
        return report -> {
            String sql = paused
                    ? "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)"
                    : "DELETE FROM setting WHERE name = ?";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, PREFIX + destination);
                if (paused) {
                    statement.setString(2, atMillis + " " + reason);
                }
                statement.executeUpdate();
            }
            return AppendResult.stored(0, atMillis, false);
        };
    }

    static List<PausedDestination> read(Connection reader) throws SQLException {
        List<PausedDestination> paused = new ArrayList<>();
        try (PreparedStatement select =
                reader.prepareStatement("SELECT name, value FROM setting WHERE name >= ? AND name < ? ORDER BY name")) {
            select.setString(1, PREFIX);
            select.setString(2, "paused0");
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    String value = rows.getString(2);
                    int space = value.indexOf(' ');
                    paused.add(new PausedDestination(
                            rows.getString(1).substring(PREFIX.length()),
                            Long.parseLong(value.substring(0, space)),
                            value.substring(space + 1)));
                }
            }
        }
        return paused;
    }
}
