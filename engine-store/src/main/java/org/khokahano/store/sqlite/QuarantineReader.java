package org.khokahano.store.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.khokahano.store.archive.QuarantinedInput;

/** Reads what did not become a message. */
final class QuarantineReader {

    private static final String COLUMNS = "q.id, q.at, n.name, q.remote, q.reason, q.detail, length(q.bytes)";
    private static final String FROM = " FROM quarantine q JOIN name n ON n.id = q.listener";

    private final Connection connection;

    QuarantineReader(Connection connection) {
        this.connection = connection;
    }

    List<QuarantinedInput> list(long beforeId, int limit) throws SQLException {
        return Sql.list(
                connection,
                row -> input(row, null),
                "SELECT " + COLUMNS + FROM + " WHERE q.id < ? ORDER BY q.id DESC LIMIT ?",
                List.of(beforeId, limit));
    }

    Optional<QuarantinedInput> show(long id) throws SQLException {
        return Sql.list(
                        connection,
                        row -> input(row, row.getInt(7) == 0 ? null : row.getBytes(8)),
                        "SELECT " + COLUMNS + ", q.bytes" + FROM + " WHERE q.id = ?",
                        List.of(id))
                .stream()
                .findFirst();
    }

    private static QuarantinedInput input(ResultSet row, byte @Nullable [] bytes) throws SQLException {
        return new QuarantinedInput(
                row.getLong(1),
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getInt(7),
                bytes);
    }
}
