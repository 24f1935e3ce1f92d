package org.khokahano.store.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.khokahano.store.StoreException;

/** One engine a data directory (F24). The operating system drops the lock when the process ends. */
final class DirectoryLock implements AutoCloseable {

    /**
     * The directories that this process holds. Static, since what it guards belongs to the process:
     * to close any descriptor of a file drops every lock that the process has on it, so that a second
     * try must be turned away before it opens the file.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Makes the directory where there is none, and takes it.
     *
     * @throws StoreException if it is in use, by whom, or cannot be written
     */
    static DirectoryLock acquire(Path directory) {
        try {
            Files.createDirectories(directory);
            Path real = directory.toRealPath();
            if (!HELD.add(real)) {
                throw inUse(directory, "this process itself");
            }
            FileChannel channel = null;
            try {
                channel = lock(directory);
                return new DirectoryLock(real, channel);
            } finally {
                if (channel == null) {
                    HELD.remove(real);
                }
            }
        } catch (IOException e) {
            throw new StoreException(
                    "cannot use the data directory " + directory + ": " + reasonOf(e)
                            + "; it must be a directory that this user may write",
                    e);
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        Path file = directory.resolve("lock");
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                throw inUse(directory, nameOf(Files.readString(file).strip()));
            }
            channel.truncate(0);
            long pid = ProcessHandle.current().pid();
            channel.write(ByteBuffer.wrap(Long.toString(pid).getBytes(StandardCharsets.US_ASCII)));
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static StoreException inUse(Path directory, String who) {
        return new StoreException("the data directory " + directory + " is in use by " + who
                + "; one engine a directory: stop that one, or use another directory");
    }

    private static String nameOf(String pid) {
        if (!pid.matches("[0-9]{1,10}")) {
            return "another process";
        }
        String command = ProcessHandle.of(Long.parseLong(pid))
                .flatMap(process -> process.info().command())
                .map(path -> " (" + path + ")")
                .orElse("");
        return "the process " + pid + command;
    }

    private static String reasonOf(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "a file of that name is in the way";
        }
        return e instanceof FileSystemException f && f.getReason() != null
                ? f.getReason()
                : String.valueOf(e.getMessage());
    }

    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            channel.close();
            HELD.remove(directory);
        }
    }
}
