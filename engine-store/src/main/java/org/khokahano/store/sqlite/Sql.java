package org.khokahano.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** One query of an operator's read: prepared, run and closed. */
final class Sql {

    private Sql() {}

    /** Makes a value of a result's current row. */
    interface Row<T> {
        T from(ResultSet row) throws SQLException;
    }

    /** Reads all rows into values. */
    static <T> List<T> list(Connection connection, Row<T> row, String sql, List<?> arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.size(); i++) {
                statement.setObject(i + 1, arguments.get(i));
            }
            List<T> values = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    values.add(row.from(rows));
                }
            }
            return values;
        }
    }

    /** Reads one number; the other value where there is no row, or NULL in it. */
    static long number(Connection connection, long otherwise, String sql, Object... arguments) throws SQLException {
        List<Long> values = list(
                connection,
                row -> {
                    long value = row.getLong(1);
                    return row.wasNull() ? otherwise : value;
                },
                sql,
                List.of(arguments));
        return values.isEmpty() ? otherwise : values.get(0);
    }
}
