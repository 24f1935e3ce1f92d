package org.khokahano.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a listener's files are: in the senders' directory, claimed, processed or failed. A file is
 * claimed by one rename, one at a time, and stays claimed until all of its messages are durable; so
 * what a crash leaves claimed is what has to be read again.
 */
final class FilePlaces implements AutoCloseable {

    private final DirectoryListenerSettings settings;
    private final Path claimed;
    private final Path progress;
    private @Nullable FileChannel lockFile;

    FilePlaces(DirectoryListenerSettings settings) {
        this.settings = settings;
        this.claimed = settings.path().resolve(".claimed");
        this.progress = settings.path().resolve(".progress");
    }

    /** Makes what is missing, and keeps other engines out. */
    void open() throws IOException {
        if (lockFile != null) {
            return;
        }
        if (!settings.create() && !Files.isDirectory(settings.path())) {
            // Where a share is not mounted, an empty directory in its place would look as if all were well.
            throw new IOException("there is no such directory");
        }
        Files.createDirectories(claimed);
        Files.createDirectories(settings.processed());
        Files.createDirectories(settings.failed());
        FileChannel channel =
                FileChannel.open(settings.path().resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw new IOException("another engine reads this directory");
        }
        lockFile = channel;
    }

    /** The file that was claimed and not finished, or null. */
    @Nullable
    Path leftOver() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(claimed)) {
            for (Path file : files) {
                return file;
            }
        }
        return null;
    }

    /** Takes the file away from its senders; null where it changed or went since it was found. */
    @Nullable
    Path claim(DirectoryScan.Found found) throws IOException {
        Path file = settings.path().resolve(found.name());
        Path target = claimed.resolve(found.name());
        try {
            if (!DirectoryScan.State.of(file).equals(found.state())) {
                return null;
            }
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException gone) {
            return null;
        }
        return target;
    }

    /** How far the claimed file was read before a stop. It is forgotten with that: a crash reads all. */
    Progress resume(Path file) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(progress, StandardCharsets.UTF_8);
        } catch (NoSuchFileException none) {
            return new Progress();
        }
        Files.delete(progress);
        DurableFiles.sync(settings.path());
        if (lines.size() < 3 || !lines.get(0).equals(mark(file))) {
            return new Progress();
        }
        try {
            return new Progress(
                    Long.parseLong(lines.get(1)), Long.parseLong(lines.get(2)), lines.subList(3, lines.size()));
        } catch (NumberFormatException e) {
            return new Progress();
        }
    }

    /** Keeps how far the claimed file was read, for an orderly stop. */
    void keep(Path file, Progress read) throws IOException {
        StringBuilder text = new StringBuilder(mark(file));
        text.append('\n').append(read.messages()).append('\n').append(read.refused());
        read.reasons().forEach(reason -> text.append('\n').append(reason));
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        DurableFiles.write(progress, settings.path().resolve(".progress.part"), bytes);
        DurableFiles.sync(settings.path());
    }

    private static String mark(Path file) throws IOException {
        DirectoryScan.State state = DirectoryScan.State.of(file);
        return state.size() + " " + state.changed() + " "
                + Integer.toHexString(String.valueOf(file.getFileName()).hashCode());
    }

    /** All messages of the file are durable: why one of its name failed before is told no more. */
    void processed(Path file) throws IOException {
        move(file);
        Path failed = settings.failed().resolve(String.valueOf(file.getFileName()));
        if (!Files.exists(failed) && Files.deleteIfExists(reasonOf(failed))) {
            DurableFiles.sync(settings.failed());
        }
    }

    private void move(Path file) throws IOException {
        if (settings.delete()) {
            Files.delete(file);
            DurableFiles.sync(claimed);
        } else {
            DurableFiles.move(file, DurableFiles.free(settings.processed(), String.valueOf(file.getFileName())));
        }
    }

    /** Something in the file was refused. */
    void failed(Path file, String report) throws IOException {
        Path target = DurableFiles.free(settings.failed(), String.valueOf(file.getFileName()));
        Path reason = reasonOf(target);
        Path temporary = target.resolveSibling(".reason.part");
        DurableFiles.write(reason, temporary, report.getBytes(StandardCharsets.UTF_8));
        DurableFiles.move(file, target);
    }

    private static Path reasonOf(Path failed) {
        return failed.resolveSibling(failed.getFileName() + ".reason.txt");
    }

    /** Lets other engines in. */
    @Override
    public void close() throws IOException {
        if (lockFile != null) {
            lockFile.close();
            lockFile = null;
        }
    }
}
