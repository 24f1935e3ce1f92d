package org.khokahano.store.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * What a file is before anything is written to it (F22). Looks only through SQLite: to open and close
 * the file by other means would drop the locks that this process holds on it.
 */
final class JournalFile {

    private JournalFile() {}

    /** Why the file may not be opened as a journal, or null where it may, or is not there yet. */
    static @Nullable String problem(Path file) {
        String interruption = StoreRestore.interruption(file);
        if (interruption != null) {
            return interruption;
        }
        try {
            boolean absent = !Files.exists(file) || Files.size(file) == 0;
            Path log = file.resolveSibling(file.getFileName() + "-wal");
            if (absent) {
                // SQLite would delete the log, and with it what was acknowledged.
                return Files.exists(log) && Files.size(log) > 0
                        ? "the log " + log.getFileName() + " is there, but its file " + file.getFileName()
                                + " is missing or empty; put the file back, or restore a backup"
                        : null;
            }
            try (Connection connection = SqliteConnections.openReader(file);
                    Statement statement = connection.createStatement()) {
                return problem(statement);
            }
        } catch (SQLException e) {
            return switch (CommitFault.code(e)) {
                case SQLITE_NOTADB ->
                    file.getFileName() + " is not a database, or its first page is destroyed;"
                            + " put the right file in its place, or restore a backup";
                default ->
                    file.getFileName() + " cannot be read ("
                            + CommitFault.code(e).name() + "); restore a backup";
            };
        } catch (IOException e) {
            return file.getFileName() + " cannot be read: " + e.getClass().getSimpleName();
        }
    }

    private static @Nullable String problem(Statement statement) throws SQLException {
        long application = number(statement, "PRAGMA application_id");
        long version = number(statement, "PRAGMA user_version");
        long tables = number(statement, "SELECT count(*) FROM sqlite_master");
        if (application == 0 && version == 0 && tables == 0) {
            return null;
        }
        if (application != JournalSchema.APPLICATION_ID) {
            return "the file is an SQLite database of another program (application id " + application
                    + "); use another data directory";
        }
        return version > JournalSchema.currentVersion() ? JournalSchema.newerVersion((int) version) : null;
    }

    static long number(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
