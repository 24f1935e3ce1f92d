package org.khokahano.store.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.khokahano.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;

/**
 * Where SQLite's native library is unpacked. By itself that is the system's temporary directory, where a
 * killed process leaves a megabyte behind each time, and where a hardened system lets no library be
 * loaded from. So the engine has it in its data directory, and removes what a killed one left.
 */
final class NativeLibrary {

    private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);

    /** The driver's own setting, a property of the process since a process loads it once. */
    private static final String PLACE = "org.sqlite.tmpdir";

    private NativeLibrary() {}

    /** Has the library unpacked in the directory, unless it is set to be elsewhere. Under its lock. */
    static void unpackInto(Path directory) {
        Path place = directory.resolve("native");
        String set = System.getProperty(PLACE);
        if (set != null && !set.equals(place.toString())) {
            return;
        }
        try {
            Files.createDirectories(place);
            for (Path left : left(place)) {
                // One that a process has loaded goes on to work: only its name is removed.
                StoreBackup.deleteQuietly(left);
            }
            System.setProperty(PLACE, place.toString());
        } catch (IOException e) {
            LOG.warn("SQLite's library is unpacked in the temporary directory, since {} cannot be used", place, e);
        }
    }

    private static List<Path> left(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(file -> String.valueOf(file.getFileName()).startsWith("sqlite-"))
                    .toList();
        }
    }

    /**
     * Loads it, if it is not loaded yet.
     *
     * @throws StoreException if that fails: with where it was unpacked, and what to do
     */
    static void load() {
        try {
            SQLiteJDBCLoader.initialize();
        } catch (Exception | UnsatisfiedLinkError e) {
            String place = System.getProperty(PLACE, System.getProperty("java.io.tmpdir"));
            throw new StoreException(
                    "SQLite's library cannot be loaded from " + place + ": its disk is full, this user may not"
                            + " write there, or it is mounted noexec. Start Java with -D" + PLACE
                            + "=DIRECTORY, one that programs may be run from",
                    e);
        }
    }
}
