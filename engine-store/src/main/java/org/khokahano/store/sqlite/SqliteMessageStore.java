package org.khokahano.store.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.khokahano.event.EngineEvents;
import org.khokahano.loop.EngineClock;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.store.Completion;
import org.khokahano.store.LaneBacklog;
import org.khokahano.store.LanePage;
import org.khokahano.store.LanePageRequest;
import org.khokahano.store.Mark;
import org.khokahano.store.MessageStore;
import org.khokahano.store.NewMessage;
import org.khokahano.store.OperatorActions;
import org.khokahano.store.PausedDestination;
import org.khokahano.store.Quarantined;
import org.khokahano.store.Resend;
import org.khokahano.store.StoreException;
import org.khokahano.store.StoreHealth;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The message store on one SQLite file: {@link GroupCommit} writes, {@link LaneReader} reads. */
public final class SqliteMessageStore implements MessageStore, OperatorActions {

    private static final Logger LOG = LoggerFactory.getLogger(SqliteMessageStore.class);

    private final DirectoryLock lock;
    private final Connection connection;
    private final JournalWriter writer;
    private final GroupCommit groupCommit;
    private final Checkpointer checkpointer;
    private final LaneReader laneReader;
    private final boolean closedCleanly;
    private final SqliteStoreSettings config;
    private final EngineEvents events;

    private SqliteMessageStore(SqliteStoreSettings config, DirectoryLock lock, EngineEvents events)
            throws SQLException {
        this.lock = lock;
        this.config = config;
        this.events = events;
        connection = SqliteConnections.openWriter(config.journal());
        JournalSchema.migrate(connection);
        closedCleanly = JournalSettings.takeCleanFlag(connection);
        writer = new JournalWriter(connection);
        DuplicateIndex duplicates = new DuplicateIndex(config.duplicateEntries());
        DuplicateHistory.load(connection, config.duplicateWindow(), duplicates);
        StorageGuard guard =
                new StorageGuard(config.directory(), config.limits().minFreeBytes(), events);
        groupCommit =
                new GroupCommit(config.limits(), new JournalTransaction(connection, writer, duplicates), guard, events);
        checkpointer = new Checkpointer(
                SqliteConnections.openCheckpointer(config.journal()), groupCommit, this::finishCheckpoint);
        laneReader = new LaneReader(config.journal());
    }

    /**
     * Opens the store, and makes it where there is none.
     *
     * @throws StoreException if it is in use, cannot be read, or is of a newer version
     */
    public static SqliteMessageStore open(SqliteStoreSettings config, EngineEvents events) {
        try {
            Files.createDirectories(config.directory());
        } catch (IOException e) {
            throw new StoreException("cannot make the data directory " + config.directory() + ": " + e.getMessage(), e);
        }
        DirectoryLock lock = DirectoryLock.acquire(config.directory());
        try {
            SqliteMessageStore store = new SqliteMessageStore(config, lock, events);
            store.groupCommit.start();
            store.checkpointer.start();
            return store;
        } catch (SQLException e) {
            closeQuietly(lock);
            throw new StoreException("cannot open the store in " + config.directory() + ": " + e.getMessage(), e);
        } catch (StoreException e) {
            closeQuietly(lock);
            throw e;
        }
    }

    /** Whether the process that used the store last closed it, rather than being killed. */
    public boolean wasClosedCleanly() {
        return closedCleanly;
    }

    /** Whether messages are accepted, what waits, and what the disk has left. */
    public StoreHealth health() {
        return groupCommit.health();
    }

    @Override
    public void append(NewMessage message, Completion completion) {
        groupCommit.append(new Append.OfMessage(message, completion));
    }

    @Override
    public void quarantine(Quarantined input, Completion completion) {
        groupCommit.append(new Append.OfInput(input, completion));
    }

    @Override
    public void mark(Mark mark) {
        groupCommit.mark(mark);
    }

    @Override
    public boolean isSaturated() {
        return groupCommit.isSaturated();
    }

    @Override
    public void whenRelieved(SerialExecutor executor, Runnable task) {
        groupCommit.whenRelieved(executor, task);
    }

    @Override
    public void readPage(LanePageRequest request, SerialExecutor executor, Consumer<LanePage> consumer) {
        laneReader.readPage(request, executor, consumer);
    }

    @Override
    public LaneBacklog[] backlog(String destination, int lanes) {
        return laneReader.backlog(destination, lanes);
    }

    @Override
    public void resend(Resend resend, Completion completion) {
        groupCommit.append(new Append.OfAction(new ResendAction(connection, writer, resend), completion));
    }

    @Override
    public void setPaused(String destination, boolean paused, String reason, long atMillis, Completion completion) {
        JournalAction change = PauseTable.change(connection, destination, paused, reason, atMillis);
        groupCommit.append(new Append.OfAction(change, completion));
    }

    @Override
    public List<PausedDestination> pausedDestinations() {
        try (Connection reader = SqliteConnections.openReader(config.journal())) {
            return PauseTable.read(reader);
        } catch (SQLException e) {
            throw new StoreException("which destinations are paused cannot be read", e);
        }
    }

    /** Retention over this store, not started yet. It is to be closed before the store. */
    public Retention retention(RetentionSettings settings, SqliteMessageArchive archive, EngineClock clock) {
        JournalPruner pruner = new JournalPruner(connection, groupCommit);
        return new Retention(settings, config.journal(), pruner, archive, clock, events);
    }

    @Override
    public void close() {
        groupCommit.stop();
        try {
            laneReader.close();
            checkpointer.close();
            writer.close();
            if (!groupCommit.isFailed()) {
                JournalSettings.setCleanFlag(connection);
            }
            connection.close();
        } catch (SQLException e) {
            LOG.error("the store was not closed cleanly; the next start recovers it", e);
        } finally {
            closeQuietly(lock);
        }
    }

    private void finishCheckpoint() {
        try {
            Checkpointer.checkpoint(connection, "PASSIVE");
            connection.commit();
        } catch (SQLException e) {
            LOG.warn("the writer's checkpoint failed; the next one tries again", e);
        }
    }

    private static void closeQuietly(DirectoryLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.warn("the data directory's lock could not be released", e);
        }
    }
}
