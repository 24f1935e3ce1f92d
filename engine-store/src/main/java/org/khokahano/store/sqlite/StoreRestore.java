package org.khokahano.store.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.khokahano.store.StoreException;

/** Puts a backup in a data directory's place, under the directory's lock. */
final class StoreRestore {

    private static final int CHUNK_BYTES = 4 << 20;
    private static final String PART = "journal.db.part";

    /** The whole copy, until it has got the store's name: where it is found, a restore was cut off. */
    private static final String READY = "journal.db.restored";

    private final MaintenanceProgress progress;

    StoreRestore(MaintenanceProgress progress) {
        this.progress = progress;
    }

    BackupReport restore(Path backup, Path data, boolean force) {
        StoreBackup.sound(backup, progress);
        try (DirectoryLock lock = DirectoryLock.acquire(data)) {
            refuseAfterInterruption(data, force);
            Files.deleteIfExists(data.resolve(PART));
            Files.deleteIfExists(data.resolve(READY));
            List<Path> present = present(data);
            if (!present.isEmpty() && !force) {
                throw new StoreException("the data directory " + data + " is not empty ("
                        + present.get(0).getFileName()
                        + "); restore into an empty one, or force it: then what is there is put aside");
            }
            Path part = data.resolve(PART);
            copy(backup, part);
            markAsUnclean(part);
            StoreBackup.sync(part);
            StoreReport report = StoreBackup.sound(part, progress);
            Optional<Path> aside = replace(data, part, present);
            Path journal = SqliteStoreSettings.in(data).journal();
            return new BackupReport(new StoreMaintenance(progress).info(data), report.of(journal), aside);
        } catch (SQLException e) {
            throw new StoreException(
                    "the restored copy cannot be opened (" + CommitFault.code(e).name() + ")", e);
        } catch (IOException e) {
            throw new StoreException("the backup cannot be restored into " + data + ": " + e, e);
        }
    }

    /** All that a store may have left, an index that no longer fits included; not what was put aside. */
    private static List<Path> present(Path data) throws IOException {
        try (Stream<Path> files = Files.list(data)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !"lock".equals(String.valueOf(file.getFileName())))
                    .sorted()
                    .toList();
        }
    }

    private void copy(Path backup, Path part) throws IOException {
        StoreBackup.createPrivate(part);
        long total = Files.size(backup);
        try (FileChannel from = FileChannel.open(backup, StandardOpenOption.READ);
                FileChannel to = FileChannel.open(part, StandardOpenOption.WRITE)) {
            ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
            long done = 0;
            while (from.read(chunk) >= 0) {
                chunk.flip();
                while (chunk.hasRemaining()) {
                    done += to.write(chunk);
                }
                chunk.clear();
                progress.at("copying", done, total);
            }
        }
    }

    private static void markAsUnclean(Path part) throws SQLException {
        try (Connection connection = SqliteConnections.openRestored(part)) {
            JournalSettings.clearCleanFlag(connection);
        }
    }

    /** Why a data directory may not be used before a restore is repeated, or null where it may. */
    static @Nullable String interruption(Path journal) {
        Path ready = journal.resolveSibling(READY);
        boolean cutOff = Files.exists(ready) || !Files.exists(journal) && Files.exists(journal.resolveSibling(PART));
        return cutOff && isStore(journal)
                ? "a restore into it was cut off; repeat it with --force. What was there before is still there,"
                        + " or in a directory before-restore-... beside it"
                : null;
    }

    /** A backup file of any name may lie beside the parts of a data directory. */
    private static boolean isStore(Path journal) {
        return journal.endsWith("journal.db");
    }

    private static void refuseAfterInterruption(Path data, boolean force) {
        String interruption = interruption(SqliteStoreSettings.in(data).journal());
        if (interruption != null && !force) {
            throw new StoreException("the data directory " + data + " cannot be used: " + interruption);
        }
    }

    /** Whatever it is cut off at, either the old store is whole in its place, or the cut is seen. */
    private Optional<Path> replace(Path data, Path part, List<Path> present) throws IOException {
        Path ready = data.resolve(READY);
        progress.at("replacing", 0, present.size());
        Files.move(part, ready, StandardCopyOption.ATOMIC_MOVE);
        StoreBackup.sync(data);
        Optional<Path> aside = putAside(data, present);
        progress.at("replacing", present.size(), present.size());
        Files.move(ready, SqliteStoreSettings.in(data).journal(), StandardCopyOption.ATOMIC_MOVE);
        StoreBackup.sync(data);
        return aside;
    }

    private Optional<Path> putAside(Path data, List<Path> present) throws IOException {
        if (present.isEmpty()) {
            return Optional.empty();
        }
        Path aside = data.resolve(
                "before-restore-" + LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS")));
        Files.createDirectory(aside);
        for (Path file : present) {
            progress.at("replacing", present.indexOf(file), present.size());
            Files.move(file, aside.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        }
        StoreBackup.sync(aside);
        return Optional.of(aside);
    }
}
