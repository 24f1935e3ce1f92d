package org.khokahano.store.sqlite;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the embedded store is, and its bounds.
 *
 * @param directory the data directory; made where it does not exist
 * @param limits bounds of the writer
 * @param duplicateWindow how far back identities are read at start; the longest window of any
 *     listener
 * @param duplicateEntries how many identities are remembered in memory, two a message; older
 *     ones are kept in files beside the journal
 */
public record SqliteStoreSettings(Path directory, CommitLimits limits, Duration duplicateWindow, int duplicateEntries) {

    public static SqliteStoreSettings in(Path directory) {
        return new SqliteStoreSettings(directory, CommitLimits.defaults(), Duration.ofHours(24), 2_000_000);
    }

    /** What search needs and the journal does not; may be deleted, and is then built again. */
    Path index() {
        return directory.resolve("index.db");
    }

    Path journal() {
        return directory.resolve("journal.db");
    }
}
