package org.khokahano.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.khokahano.config.EmbeddedStoreConfig;
import org.khokahano.config.EngineConfig;
import org.khokahano.event.EngineEvents;
import org.khokahano.event.EventFanout;
import org.khokahano.loop.EngineClock;
import org.khokahano.store.sqlite.CommitLimits;
import org.khokahano.store.sqlite.Retention;
import org.khokahano.store.sqlite.RetentionSettings;
import org.khokahano.store.sqlite.SqliteMessageArchive;
import org.khokahano.store.sqlite.SqliteMessageStore;
import org.khokahano.store.sqlite.SqliteStoreSettings;

/**
 * The store and what works beside it on the same directory: the archive that operators search, the
 * retention that removes what has been kept long enough, and what writes down what validation counts.
 */
record Storage(
        SqliteMessageStore store, SqliteMessageArchive archive, Retention retention, ConformanceFlush conformance)
        implements AutoCloseable {

    /** Identities remembered in memory to find duplicates: two a message, some 50 bytes each. */
    private static final int DUPLICATE_ENTRIES = 2_000_000;

    /** Opens the store in the directory; nothing beside it is started yet. */
    static Storage open(EngineConfig config, Path directory, StoreWatch watch, EngineEvents events, EngineClock clock) {
        EmbeddedStoreConfig embedded = (EmbeddedStoreConfig) config.store().place();
        CommitLimits limits = new CommitLimits(
                embedded.commit().maxBatch(),
                embedded.commit().maxBytes(),
                CommitLimits.defaults().waitingBytes(),
                embedded.minFreeBytes());
        Duration duplicateWindow = longestDuplicateWindow(config);
        SqliteStoreSettings settings = new SqliteStoreSettings(directory, limits, duplicateWindow, DUPLICATE_ENTRIES);
        SqliteMessageStore store = SqliteMessageStore.open(settings, new EventFanout(List.of(watch, events)));
        try {
            SqliteMessageArchive archive = SqliteMessageArchive.open(settings);
            RetentionSettings keep = RetentionSettings.keeping(
                    config.store().keep().bodies(),
                    config.store().keep().metadata(),
                    duplicateWindow,
                    config.store().keep().conformance());
            ConformanceFlush conformance =
                    new ConformanceFlush(store.conformance(config.limits().facilities()), events, clock);
            return new Storage(store, archive, store.retention(keep, archive, clock), conformance);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /** How far back the store has to look at its start so that no listener's window is cut. */
    static Duration longestDuplicateWindow(EngineConfig config) {
        return config.listeners().values().stream()
                .flatMap(listener -> listener.accept().duplicates().stream())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        conformance.close();
        retention.close();
        archive.close();
        store.close();
    }
}
