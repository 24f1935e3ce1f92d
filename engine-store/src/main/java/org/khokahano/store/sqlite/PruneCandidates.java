package org.khokahano.store.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Finds what is old and resolved, on a connection of its own, in batches by rising id. */
final class PruneCandidates implements AutoCloseable {

    private static final int BATCH = 500;

    private final Connection connection;

    PruneCandidates(Path journal) throws SQLException {
        connection = SqliteConnections.openReader(journal);
    }

    /** Messages with bytes to remove. */
    List<Long> bodies(long afterId, long cutoffMillis) throws SQLException {
        return ids(
                "SELECT m.id FROM body b CROSS JOIN message m ON m.id = b.message_id WHERE b.message_id > ?"
                        + " AND b.message_id < ? AND m.at < ? AND " + JournalPruner.RESOLVED
                        + " ORDER BY b.message_id LIMIT " + BATCH,
                afterId,
                firstSince("message", cutoffMillis),
                cutoffMillis);
    }

    /**
     * Messages to remove. The newest message and the newest delivery stay whatever their age: ids are
     * counted on from them after a restart, and no id may come twice.
     *
     * @param upToId none with a higher id
     */
    List<Long> messages(long afterId, long upToId, long cutoffMillis) throws SQLException {
        long before = Math.min(firstSince("message", cutoffMillis), upToId + 1);
        return ids(
                "SELECT m.id FROM message m WHERE m.id > ? AND m.id < ? AND m.at < ?"
                        + " AND m.id < (SELECT max(id) FROM message)"
                        + " AND m.first_delivery + m.deliveries <= (SELECT max(id) FROM delivery)"
                        + " AND " + JournalPruner.RESOLVED + " ORDER BY m.id LIMIT " + BATCH,
                afterId,
                before,
                cutoffMillis);
    }

    /** Quarantined input with bytes to remove. */
    List<Long> inputBytes(long afterId, long cutoffMillis) throws SQLException {
        return ids(
                "SELECT id FROM quarantine WHERE id > ? AND id < ? AND at < ? AND length(bytes) > 0"
                        + " ORDER BY id LIMIT " + BATCH,
                afterId,
                firstSince("quarantine", cutoffMillis),
                cutoffMillis);
    }

    /** Quarantined input to remove; the newest stays, for its id. */
    List<Long> inputs(long afterId, long cutoffMillis) throws SQLException {
        return ids(
                "SELECT id FROM quarantine WHERE id > ? AND id < min(?, (SELECT max(id) FROM quarantine))"
                        + " AND at < ? ORDER BY id LIMIT " + BATCH,
                afterId,
                firstSince("quarantine", cutoffMillis),
                cutoffMillis);
    }

    /** The time that retention last believed; before its first run, that of the newest message; or 0. */
    long lastTrustedMillis() throws SQLException {
        long trusted = JournalSettings.trustedMillis(connection);
        return trusted > 0 ? trusted : Sql.number(connection, 0, "SELECT at FROM message ORDER BY id DESC LIMIT 1");
    }

    /** How many pages of the file hold nothing. */
    long freePages() throws SQLException {
        return FreePages.count(connection, "main");
    }

    long totalPages() throws SQLException {
        return FreePages.total(connection, "main");
    }

    private List<Long> ids(String sql, long afterId, long beforeId, long cutoffMillis) throws SQLException {
        return Sql.list(connection, row -> row.getLong(1), sql, List.of(afterId, beforeId, cutoffMillis));
    }

    /**
     * The id from which on rows are too young, by halving. Rows follow wall time but for jumps of the
     * clock; behind such a jump a row may wait for a later run, and none goes too early, since each
     * one's own time is looked at.
     */
    private long firstSince(String table, long millis) throws SQLException {
        long low = Sql.number(connection, 1, "SELECT min(id) FROM " + table);
        long high = Sql.number(connection, 0, "SELECT max(id) FROM " + table) + 1;
        while (low < high) {
            long middle = low + (high - low) / 2;
            long at = Sql.number(
                    connection,
                    Long.MAX_VALUE,
                    "SELECT at FROM " + table + " WHERE id >= ? ORDER BY id LIMIT 1",
                    middle);
            if (at < millis) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
