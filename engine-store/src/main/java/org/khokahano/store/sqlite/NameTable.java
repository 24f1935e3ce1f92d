package org.khokahano.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** The numbers by which rows refer to listeners, facilities and destinations. Writer thread only. */
final class NameTable {

    private final Connection connection;
    private final Map<String, Integer> numbers = new HashMap<>();

    NameTable(Connection connection) throws SQLException {
        this.connection = connection;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id, name FROM name")) {
            while (rows.next()) {
                numbers.put(rows.getString(2), rows.getInt(1));
            }
        }
    }

    /** The name's number; a new name is inserted in the open transaction. */
    int number(String name) throws SQLException {
        Integer known = numbers.get(name);
        return known != null ? known : insert(name);
    }

    private int insert(String name) throws SQLException {
        // Names come from the configuration and are never removed, so that they stay few.
        int number = numbers.size() + 1;
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO name (id, name) VALUES (?, ?)")) {
            insert.setInt(1, number);
            insert.setString(2, name);
            insert.executeUpdate();
        }
        numbers.put(name, number);
        return number;
    }

    /** Reads the names again, after a transaction that may have added some was rolled back. */
    void reload() throws SQLException {
        Map<String, Integer> fresh = new NameTable(connection).numbers;
        numbers.clear();
        numbers.putAll(fresh);
    }
}
