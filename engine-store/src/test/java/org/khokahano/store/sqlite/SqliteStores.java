package org.khokahano.store.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.khokahano.event.EngineEvents;
import org.khokahano.store.contract.StoreBounds;

/** The store as each part of the contract asks for it. */
final class SqliteStores {

    private SqliteStores() {}

    static SqliteStoreSettings settings(Path place, StoreBounds bounds) {
        CommitLimits limits = new CommitLimits(bounds.batch(), 8L << 20, bounds.waitingBytes(), 1L << 20);
        return new SqliteStoreSettings(place, limits, Duration.ofHours(24), bounds.duplicateEntries());
    }

    static SqliteMessageStore open(Path place, StoreBounds bounds) {
        return SqliteMessageStore.open(settings(place, bounds), new EngineEvents() {});
    }

    /** What the disk would hold if the process were killed now. */
    static Path crashImage(Path place) throws IOException {
        Path image = Files.createDirectory(place.resolve("image"));
        for (String name : List.of("journal.db", "journal.db-wal")) {
            Files.copy(place.resolve(name), image.resolve(name));
        }
        return image;
    }
}
