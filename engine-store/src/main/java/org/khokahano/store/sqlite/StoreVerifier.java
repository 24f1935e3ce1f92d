package org.khokahano.store.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.khokahano.store.sqlite.StoreFinding.Severity;

/** Reads one journal file from end to end in one snapshot, and notes whatever does not fit. */
final class StoreVerifier {

    /** More findings than this are counted, not listed. */
    static final int MAX_FINDINGS = 100;

    private static final int TELL_EVERY_ROWS = 1_000;

    private final Path file;
    private final MaintenanceProgress progress;
    private final List<StoreFinding> findings = new ArrayList<>();
    private long further;
    private long messages;
    private long bodies;
    private long deliveries;
    private long pruned;

    StoreVerifier(Path file, MaintenanceProgress progress) {
        this.file = file;
        this.progress = progress;
    }

    StoreReport verify() {
        String problem = JournalFile.problem(file);
        if (problem != null) {
            note(Severity.DAMAGE, "file", problem);
            return report();
        }
        try (Connection connection = SqliteConnections.openReader(file)) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                pages(statement);
                read("messages", () -> messages(statement));
                read("bodies", () -> bodies(statement));
                read("deliveries", () -> deliveries(statement));
                read("payloads", () -> payloads(statement));
                read("quarantine", () -> quarantine(statement));
                read("conformance", () -> conformance(statement));
                read("fragments", () -> fragments(statement));
            }
        } catch (SQLException e) {
            unreadable("file", e);
        }
        return report();
    }

    /** A part of the verification; what it cannot read is a finding, and the next part goes on. */
    private interface Part {
        void read() throws SQLException;
    }

    private void read(String name, Part part) {
        progress.at(name, 0, 0);
        try {
            part.read();
        } catch (SQLException e) {
            unreadable(name, e);
        }
    }

    private void pages(Statement statement) {
        read("pages", () -> {
            try (ResultSet rows = statement.executeQuery("PRAGMA integrity_check(" + MAX_FINDINGS + ")")) {
                while (rows.next()) {
                    String line = rows.getString(1);
                    if (!"ok".equals(line)) {
                        note(Severity.DAMAGE, "pages", line.replace('\n', ' '));
                    }
                }
            }
        });
    }

    private void messages(Statement statement) throws SQLException {
        messages = JournalFile.number(statement, "SELECT count(*) FROM message");
        long span = JournalFile.number(statement, "SELECT coalesce(max(id) - min(id) + 1, 0) FROM message");
        if (span != messages) {
            note(
                    Severity.NOTE,
                    "message",
                    (span - messages) + " ids between the first and the last message are not there; retention"
                            + " leaves such gaps");
        }
        each(
                statement,
                "SELECT m.id FROM message m WHERE m.deliveries <> (SELECT count(*) FROM delivery d"
                        + " WHERE d.id >= m.first_delivery AND d.id < m.first_delivery + m.deliveries"
                        + " AND d.message_id = m.id)",
                "message ",
                "not all of its deliveries are there");
        each(
                statement,
                "SELECT id FROM message WHERE listener NOT IN (SELECT id FROM name)"
                        + " OR facility NOT IN (SELECT id FROM name)",
                "message ",
                "its listener or facility has no name");
    }

    private void bodies(Statement statement) throws SQLException {
        long total = JournalFile.number(statement, "SELECT count(*) FROM body");
        try (ResultSet rows = statement.executeQuery("SELECT b.message_id, b.bytes, b.crc, m.size FROM body b"
                + " LEFT JOIN message m ON m.id = b.message_id")) {
            while (rows.next()) {
                byte[] bytes = rows.getBytes(2);
                checksum("body ", rows.getLong(1), bytes, crc(rows, 3));
                long size = rows.getLong(4);
                if (rows.wasNull()) {
                    note(Severity.DAMAGE, "body " + rows.getLong(1), "its message is not there");
                } else if (size != bytes.length) {
                    note(Severity.DAMAGE, "body " + rows.getLong(1), "has " + bytes.length + " bytes of " + size);
                }
                if (++bodies % TELL_EVERY_ROWS == 0) {
                    progress.at("bodies", bodies, total);
                }
            }
        }
        pruned = JournalFile.number(
                statement, "SELECT count(*) FROM message WHERE id NOT IN (SELECT message_id FROM body)");
        progress.at("bodies", total, total);
    }

    private void deliveries(Statement statement) throws SQLException {
        deliveries = JournalFile.number(statement, "SELECT count(*) FROM delivery");
        each(
                statement,
                "SELECT id FROM delivery WHERE message_id NOT IN (SELECT id FROM message)",
                "delivery ",
                "its message is not there");
        each(
                statement,
                "SELECT id FROM delivery WHERE state IN (2, 4, 6) AND payload IS NULL"
                        + " AND message_id NOT IN (SELECT message_id FROM body)",
                "delivery ",
                "is not resolved, and its bytes are not there");
        each(
                statement,
                "SELECT id FROM delivery WHERE state NOT BETWEEN 2 AND 7",
                "delivery ",
                "has a state that this engine does not know");
        each(
                statement,
                "SELECT id FROM delivery WHERE destination NOT IN (SELECT id FROM name)",
                "delivery ",
                "its destination has no name");
    }

    private void payloads(Statement statement) throws SQLException {
        try (ResultSet rows =
                statement.executeQuery("SELECT id, payload, crc FROM delivery WHERE payload IS NOT NULL")) {
            while (rows.next()) {
                checksum("delivery ", rows.getLong(1), rows.getBytes(2), crc(rows, 3));
            }
        }
    }

    private void quarantine(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT id, bytes, crc FROM quarantine")) {
            while (rows.next()) {
                checksum("quarantine ", rows.getLong(1), rows.getBytes(2), crc(rows, 3));
            }
        }
    }

    private void conformance(Statement statement) throws SQLException {
        each(
                statement,
                "SELECT DISTINCT source FROM conformance_checked WHERE source NOT IN (SELECT id FROM conformance_source)"
                        + " UNION SELECT source FROM conformance_kind"
                        + " WHERE source NOT IN (SELECT id FROM conformance_source)",
                "conformance source ",
                "is counted and not described");
        each(
                statement,
                "SELECT DISTINCT kind FROM conformance_found WHERE kind NOT IN (SELECT id FROM conformance_kind)",
                "conformance kind ",
                "is counted and not described");
    }

    private void fragments(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT id, bytes, crc FROM fragment WHERE state < 3")) {
            while (rows.next()) {
                checksum("fragment ", rows.getLong(1), rows.getBytes(2), crc(rows, 3));
            }
        }
    }

    private static @Nullable Long crc(ResultSet rows, int column) throws SQLException {
        long crc = rows.getLong(column);
        return rows.wasNull() ? null : crc;
    }

    private void checksum(String table, long id, byte[] bytes, @Nullable Long stored) {
        if (!Checksum.matches(bytes, stored)) {
            note(Severity.DAMAGE, table + id, "its bytes are not those that were stored (checksum)");
        }
    }

    private void each(Statement statement, String sql, String table, String text) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                note(Severity.DAMAGE, table + rows.getLong(1), text);
            }
        }
    }

    private void unreadable(String place, SQLException e) {
        note(
                Severity.DAMAGE,
                place,
                "cannot be read to its end (" + CommitFault.code(e).name() + ")");
    }

    private void note(Severity severity, String place, String text) {
        if (findings.size() < MAX_FINDINGS) {
            findings.add(new StoreFinding(severity, place, text));
        } else {
            further++;
        }
    }

    private StoreReport report() {
        return new StoreReport(file, List.copyOf(findings), further, messages, bodies, deliveries, pruned);
    }
}
