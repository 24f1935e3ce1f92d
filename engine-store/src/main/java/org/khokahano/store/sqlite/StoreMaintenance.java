package org.khokahano.store.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.StoreException;
import org.khokahano.store.sqlite.StoreInfo.DeliveryCount;

/**
 * What an operator does with a store's file: {@code khoka store verify|info|backup|restore|trust-clock}. The
 * first three only read, beside a running engine if there is one; a long read makes the engine's log
 * grow as long as it lasts.
 *
 * <p>Where a data directory is asked for, a backup file will do, too.
 */
public final class StoreMaintenance {

    private final MaintenanceProgress progress;

    /** @throws StoreException if SQLite cannot be loaded on this machine */
    public StoreMaintenance(MaintenanceProgress progress) {
        this.progress = progress;
        NativeLibrary.load();
    }

    /**
     * Reads everything: pages, indexes, references, checksums.
     *
     * @throws StoreException if there is no store
     */
    public StoreReport verify(Path data) {
        return new StoreVerifier(existing(data), progress).verify();
    }

    /**
     * Counts what the store holds.
     *
     * @throws StoreException if there is no store, or it cannot be read
     */
    public StoreInfo info(Path data) {
        Path file = existing(data);
        refuse(JournalFile.problem(file));
        progress.at("counting", 0, 0);
        try (Connection connection = SqliteConnections.openReader(file)) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                return info(file, statement);
            }
        } catch (SQLException e) {
            throw new StoreException(
                    "the store " + file + " cannot be read ("
                            + CommitFault.code(e).name() + "); verify it",
                    e);
        } catch (IOException e) {
            throw new StoreException("the store " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Writes a consistent copy, beside a running engine if there is one. The target appears whole and
     * verified, or not at all.
     *
     * @param data the data directory
     * @param target the file to be written; must not exist
     * @throws StoreException if the copy cannot be made, has no room or is not sound
     */
    public BackupReport backup(Path data, Path target) {
        Path file = existing(data);
        refuse(JournalFile.problem(file));
        return new StoreBackup(progress).backup(file, target.toAbsolutePath());
    }

    /**
     * Puts a backup in the place of a data directory's store. Deliveries that it holds as queued may
     * have been made since: the engine flags them as possible duplicates.
     *
     * @param backup a file that {@link #backup} wrote
     * @param data the data directory; made where there is none
     * @param force put aside what the directory holds, rather than refuse
     * @throws StoreException if the backup is not sound, the directory is in use, or not empty
     */
    public BackupReport restore(Path backup, Path data, boolean force) {
        Path file = existing(backup);
        refuse(JournalFile.problem(file));
        refuse(hasLog(file) ? file + " is a store in use or not closed, its log is beside it; back it up first" : null);
        return new StoreRestore(progress).restore(file, data, force);
    }

    /**
     * Lets retention believe the wall clock, which was far ahead of what it could account for. The
     * engine must not run.
     *
     * @return the time that is believed now
     * @throws StoreException if there is no store, it is in use or cannot be written
     */
    public Instant trustClock(Path data) {
        Path file = existing(data);
        refuse(JournalFile.problem(file));
        try (DirectoryLock lock = DirectoryLock.acquire(data);
                Connection connection = SqliteConnections.openWriter(file)) {
            Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
            JournalSettings.setTrustedMillis(connection, now.toEpochMilli());
            connection.commit();
            return now;
        } catch (SQLException | IOException e) {
            throw new StoreException("the store " + file + " cannot be written: " + e.getMessage(), e);
        }
    }

    static StoreInfo info(Path file, Statement statement) throws SQLException, IOException {
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        return new StoreInfo(
                file,
                (int) JournalFile.number(statement, "PRAGMA user_version"),
                Files.size(file),
                Files.exists(log) ? Files.size(log) : 0,
                JournalFile.number(statement, "PRAGMA page_count"),
                JournalFile.number(statement, "PRAGMA freelist_count"),
                JournalFile.number(statement, "SELECT count(*) FROM message"),
                JournalFile.number(statement, "SELECT min(id) FROM message"),
                JournalFile.number(statement, "SELECT max(id) FROM message"),
                JournalFile.number(statement, "SELECT at FROM message ORDER BY id LIMIT 1"),
                JournalFile.number(statement, "SELECT at FROM message ORDER BY id DESC LIMIT 1"),
                JournalFile.number(statement, "SELECT count(*) FROM quarantine"),
                deliveries(statement));
    }

    private static List<DeliveryCount> deliveries(Statement statement) throws SQLException {
        List<DeliveryCount> counts = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("SELECT coalesce(n.name, '?'), d.state, count(*)"
                + " FROM delivery d LEFT JOIN name n ON n.id = d.destination"
                + " WHERE d.state BETWEEN 2 AND 7 GROUP BY 1, 2 ORDER BY 1, 2")) {
            while (rows.next()) {
                counts.add(new DeliveryCount(rows.getString(1), DeliveryState.ofCode(rows.getInt(2)), rows.getLong(3)));
            }
        }
        return List.copyOf(counts);
    }

    /** The journal of a data directory, or the file itself. */
    private static Path existing(Path data) {
        Path file = Files.isDirectory(data) ? SqliteStoreSettings.in(data).journal() : data;
        if (!Files.exists(file)) {
            Path log = file.resolveSibling(file.getFileName() + "-wal");
            String what = Files.exists(log) ? "; its log is there, the file is not: restore a backup" : "";
            throw new StoreException("there is no store at " + file + what);
        }
        return file.toAbsolutePath();
    }

    private static boolean hasLog(Path file) {
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        try {
            return Files.exists(log) && Files.size(log) > 0;
        } catch (IOException e) {
            throw new StoreException(log + " cannot be read: " + e, e);
        }
    }

    private static void refuse(@Nullable String problem) {
        if (problem != null) {
            throw new StoreException(problem);
        }
    }
}
