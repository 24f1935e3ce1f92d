package org.khokahano.store.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.stream.Collectors;
import org.khokahano.store.StoreException;
import org.sqlite.ProgressHandler;

/**
 * Copies a journal into one compact file: {@code VACUUM INTO} from a reading connection, which sees one
 * snapshot however busy the writer is. Page-wise backup would begin again at every commit.
 */
final class StoreBackup {

    /** How many steps of SQLite's machine lie between two looks at how far the copy is. */
    private static final int LOOK_EVERY_STEPS = 100_000;

    private final MaintenanceProgress progress;

    StoreBackup(MaintenanceProgress progress) {
        this.progress = progress;
    }

    BackupReport backup(Path file, Path target) {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            if (Files.exists(target)) {
                throw new StoreException(target + " exists; a backup never replaces a file, choose another name");
            }
            Path parent = target.getParent();
            if (parent == null || !Files.isDirectory(parent)) {
                throw new StoreException("the directory of " + target + " does not exist; make it first");
            }
            Files.deleteIfExists(part);
            createPrivate(part);
            copy(file, part);
            sync(part);
            StoreReport report = sound(part, progress);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            sync(parent);
            return new BackupReport(new StoreMaintenance(progress).info(target), report.of(target), Optional.empty());
        } catch (SQLException e) {
            deleteQuietly(part);
            throw new StoreException(
                    "the backup of " + file + " failed (" + CommitFault.code(e).name() + ")"
                            + (CommitFault.of(e) == CommitFault.FULL ? ": the target's disk is full" : ""),
                    e);
        } catch (IOException e) {
            deleteQuietly(part);
            throw new StoreException("the backup cannot be written to " + target + ": " + e, e);
        } catch (StoreException e) {
            deleteQuietly(part);
            throw e;
        }
    }

    private void copy(Path file, Path part) throws SQLException, IOException {
        try (Connection connection = SqliteConnections.openReader(file)) {
            long bytes;
            try (Statement statement = connection.createStatement()) {
                long pages = JournalFile.number(statement, "PRAGMA page_count")
                        - JournalFile.number(statement, "PRAGMA freelist_count");
                bytes = pages * JournalFile.number(statement, "PRAGMA page_size");
            }
            long free = Files.getFileStore(part).getUsableSpace();
            if (free < bytes) {
                throw new StoreException("the backup needs " + bytes + " bytes, " + free + " are free beside " + part);
            }
            ProgressHandler.setHandler(connection, LOOK_EVERY_STEPS, new ProgressHandler() {
                @Override
                protected int progress() {
                    tell(part, bytes);
                    return 0;
                }
            });
            try (PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
                vacuum.setString(1, part.toString());
                vacuum.execute();
            }
            tell(part, bytes);
        }
    }

    private void tell(Path part, long bytes) {
        try {
            progress.at("copying", Math.min(Files.size(part), bytes), bytes);
        } catch (IOException e) {
            progress.at("copying", 0, bytes);
        }
    }

    /** Verifies a file, and refuses it where it is damaged. */
    static StoreReport sound(Path file, MaintenanceProgress progress) {
        StoreReport report = new StoreVerifier(file, progress).verify();
        if (!report.isSound()) {
            throw new StoreException(file + " is damaged: "
                    + report.findings().stream()
                            .limit(5)
                            .map(StoreFinding::toString)
                            .collect(Collectors.joining("; ")));
        }
        return report;
    }

    /** An empty file that only its owner may read: it will hold patient data. */
    static void createPrivate(Path file) throws IOException {
        Files.createFile(file);
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null) {
            view.setPermissions(PosixFilePermissions.fromString("rw-------"));
        }
    }

    /** Makes a file, or the names in a directory, durable. */
    static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Some systems cannot open a directory; there a rename is durable by itself.
            if (!Files.isDirectory(path)) {
                throw e;
            }
        }
    }

    static void deleteQuietly(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            // What is left is called .part, and the next backup removes it.
            return;
        }
    }
}
