package org.khokahano.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Counts of validation that retention goes through: kinds of findings first, since they name a source. */
enum ConformanceRows {
    KINDS(
            "SELECT id FROM conformance_kind WHERE id > ? ORDER BY id LIMIT ?",
            "DELETE FROM conformance_found WHERE kind = ? AND day < ?",
            "DELETE FROM conformance_kind WHERE id = ? AND NOT EXISTS"
                    + " (SELECT 1 FROM conformance_found f WHERE f.kind = conformance_kind.id)"),
    SOURCES(
            "SELECT id FROM conformance_source WHERE id > ? ORDER BY id LIMIT ?",
            "DELETE FROM conformance_checked WHERE source = ? AND day < ?",
            "DELETE FROM conformance_source WHERE id = ? AND NOT EXISTS"
                    + " (SELECT 1 FROM conformance_checked c WHERE c.source = conformance_source.id)"
                    + " AND NOT EXISTS (SELECT 1 FROM conformance_kind k WHERE k.source = conformance_source.id)");

    private static final int PAGE = 64;

    private final String ids;
    private final String removeDays;
    private final String removeEmpty;

    ConformanceRows(String ids, String removeDays, String removeEmpty) {
        this.ids = ids;
        this.removeDays = removeDays;
        this.removeEmpty = removeEmpty;
    }

    /** Removes in the open transaction until the time is up; returns the id reached, 0 at the end. */
    long remove(Connection connection, long afterId, long beforeDay, long deadlineNanos) throws SQLException {
        long reached = afterId;
        try (PreparedStatement days = connection.prepareStatement(removeDays);
                PreparedStatement empty = connection.prepareStatement(removeEmpty)) {
            do {
                List<Long> page = Sql.list(connection, row -> row.getLong(1), ids, List.of(reached, PAGE));
                for (long id : page) {
                    days.setLong(1, id);
                    days.setLong(2, beforeDay);
                    days.executeUpdate();
                    empty.setLong(1, id);
                    empty.executeUpdate();
                    reached = id;
                }
                if (page.size() < PAGE) {
                    return 0;
                }
            } while (System.nanoTime() < deadlineNanos);
        }
        return reached;
    }
}
