package org.khokahano.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Files that are whole or not there, whenever the machine stops. */
final class DurableFiles {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);

    private DurableFiles() {}

    /** Writes a file under another name, makes it durable, and only then gives it its own. */
    static void write(Path file, Path temporary, byte[] content) throws IOException {
        try {
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                ByteBuffer left = ByteBuffer.wrap(content);
                while (left.hasRemaining()) {
                    channel.write(left);
                }
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            deleteQuietly(temporary, e);
            throw e;
        }
    }

    private static void deleteQuietly(Path temporary, IOException cause) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Moves a file, through a copy where the other place is on another file system. */
    static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Path temporary = to.resolveSibling(".moving-" + to.getFileName());
            Files.copy(from, temporary, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            sync(temporary);
            Files.move(temporary, to, StandardCopyOption.ATOMIC_MOVE);
            sync(parent(to));
            Files.delete(from);
        }
        sync(parent(to));
        sync(parent(from));
    }

    /** Makes a file's content, or a directory's names, durable. */
    static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** A name in the directory that is free: the wanted one, or that one with the time in it. */
    static Path free(Path directory, String name) throws IOException {
        Path wanted = directory.resolve(name);
        Instant now = Instant.now();
        while (Files.exists(wanted, LinkOption.NOFOLLOW_LINKS)) {
            int dot = name.lastIndexOf('.');
            int end = dot > 0 ? dot : name.length();
            String stamped = name.substring(0, end) + '-' + STAMP.format(now) + name.substring(end);
            wanted = directory.resolve(stamped);
            now = now.plusMillis(1);
        }
        return wanted;
    }

    static Path parent(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file : parent;
    }

    /** What went wrong, without a file's name, which may tell of a patient. */
    static String problem(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        @Nullable
        String reason = failure instanceof FileSystemException failed ? failed.getReason() : failure.getMessage();
        return reason == null || !(failure instanceof FileSystemException) && reason.indexOf('/') >= 0
                ? failure.getClass().getSimpleName()
                : reason;
    }
}
