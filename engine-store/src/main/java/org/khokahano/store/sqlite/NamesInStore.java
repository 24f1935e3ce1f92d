package org.khokahano.store.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the journal's numbers mean, read for one call. */
final class NamesInStore {

    private final Map<Integer, String> names = new HashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    NamesInStore(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id, name FROM name")) {
            while (rows.next()) {
                names.put(rows.getInt(1), rows.getString(2));
                numbers.put(rows.getString(2), rows.getInt(1));
            }
        }
    }

    /** The name; a number that was given after this was read shows as itself until the next call. */
    String name(int number) {
        return names.getOrDefault(number, "#" + number);
    }

    /** The number, or null where no row has that name. */
    @Nullable
    Integer number(String name) {
        return numbers.get(name);
    }
}
