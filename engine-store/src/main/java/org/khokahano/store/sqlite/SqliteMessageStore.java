package org.khokahano.store.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.khokahano.event.EngineEvents;
import org.khokahano.loop.EngineClock;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.store.ApplicationAnswer;
import org.khokahano.store.AwaitedDelivery;
import org.khokahano.store.AwaitedEnd;
import org.khokahano.store.Completion;
import org.khokahano.store.ConformanceLedger;
import org.khokahano.store.DeliveryQueues;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.LaneBacklog;
import org.khokahano.store.LanePage;
import org.khokahano.store.LanePageRequest;
import org.khokahano.store.Mark;
import org.khokahano.store.MessageStore;
import org.khokahano.store.NewMessage;
import org.khokahano.store.OperatorActions;
import org.khokahano.store.PausedDestination;
import org.khokahano.store.Quarantined;
import org.khokahano.store.Release;
import org.khokahano.store.Resend;
import org.khokahano.store.SequenceChange;
import org.khokahano.store.SequenceLink;
import org.khokahano.store.SequenceReading;
import org.khokahano.store.SequenceState;
import org.khokahano.store.StillHeld;
import org.khokahano.store.StoreException;
import org.khokahano.store.StoreHealth;
import org.khokahano.store.fragment.FragmentStore;
import org.khokahano.store.fragment.PendingFragments;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The message store on one SQLite file: {@link GroupCommit} writes, {@link LaneReader} reads. */
public final class SqliteMessageStore implements MessageStore, OperatorActions {

    private static final Logger LOG = LoggerFactory.getLogger(SqliteMessageStore.class);

    private final DirectoryLock lock;
    private final Connection connection;
    private final JournalWriter writer;
    private final DuplicateIndex duplicates;
    private final SequenceTable sequences;
    private final JournalTransaction transaction;
    private final GroupCommit groupCommit;
    private final Checkpointer checkpointer;
    private final LaneReader laneReader;
    private final SqliteFragments fragments;
    private final StorageGuard guard;
    private final boolean closedCleanly;
    private final long lastEarlierDelivery;
    private final SqliteStoreSettings config;
    private final EngineEvents events;
    private final StepListener steps;

    private SqliteMessageStore(
            SqliteStoreSettings config,
            DirectoryLock lock,
            Connection connection,
            EngineEvents events,
            StepListener steps)
            throws SQLException {
        this.lock = lock;
        this.connection = connection;
        this.config = config;
        this.events = events;
        this.steps = steps;
        JournalSchema.migrate(connection);
        closedCleanly = JournalSettings.takeCleanFlag(connection);
        writer = new JournalWriter(connection);
        lastEarlierDelivery = writer.lastDeliveryId();
        duplicates = DuplicateHistory.load(connection, config);
        guard = new StorageGuard(config.directory(), config.limits().minFreeBytes(), events);
        guard.look(0);
        sequences = new SequenceTable(connection);
        transaction = new JournalTransaction(connection, writer, duplicates, sequences, steps);
        groupCommit = new GroupCommit(config.limits(), transaction, guard, events, steps);
        laneReader = new LaneReader(config.journal(), groupCommit::mark);
        fragments = new SqliteFragments(config, transaction.fragments(), writer, groupCommit, laneReader);
        checkpointer = new Checkpointer(
                SqliteConnections.openCheckpointer(config.journal()),
                groupCommit,
                guard,
                steps,
                this::finishCheckpoint);
    }

    /**
     * Opens the store, and makes it where there is none.
     *
     * @throws StoreException if it is in use, cannot be read, is of a newer version or not a store
     */
    public static SqliteMessageStore open(SqliteStoreSettings config, EngineEvents events) {
        return open(config, events, StepListener.NONE);
    }

    /**
     * Opens the store as above.
     *
     * @param steps hears of each step of the writer: how the crash tests kill at a named one
     */
    static SqliteMessageStore open(SqliteStoreSettings config, EngineEvents events, StepListener steps) {
        DirectoryLock lock = DirectoryLock.acquire(config.directory());
        Connection connection = null;
        SqliteMessageStore store = null;
        try {
            NativeLibrary.unpackInto(config.directory());
            NativeLibrary.load();
            String problem = JournalFile.problem(config.journal());
            if (problem != null) {
                throw new StoreException("cannot open the store in " + config.directory() + ": " + problem);
            }
            connection = SqliteConnections.openWriter(config.journal());
            store = new SqliteMessageStore(config, lock, connection, events, steps);
            store.groupCommit.start();
            store.checkpointer.start();
            return store;
        } catch (SQLException e) {
            throw new StoreException("cannot open the store in " + config.directory() + ": " + e.getMessage(), e);
        } finally {
            if (store == null) {
                closeQuietly(connection);
                closeQuietly(lock);
            }
        }
    }

    /**
     * Whether all that was ever sent is recorded. False after a kill, and as long as anything is queued
     * that a killed process may have sent.
     */
    public boolean wasClosedCleanly() {
        return closedCleanly;
    }

    /** Whether messages are accepted, what waits, and what the disk has left. */
    public StoreHealth health() {
        return groupCommit.health();
    }

    @Override
    public void deliverTo(DeliveryQueues queues) {
        transaction.deliverTo(queues);
    }

    @Override
    public void append(NewMessage message, Completion completion) {
        groupCommit.append(new Append.OfMessage(message, completion));
    }

    @Override
    public void quarantine(Quarantined input, Completion completion) {
        groupCommit.append(new Append.OfInput(input, completion));
    }

    /** Parts of messages that come in several. */
    public FragmentStore fragments() {
        return fragments;
    }

    @Override
    public void changeSequence(
            SequenceLink link, SequenceChange change, SerialExecutor executor, Consumer<SequenceReading> then) {
        SequenceAction action = new SequenceAction(sequences, link, change);
        groupCommit.append(new Append.OfAction(action, action.telling(executor, then)));
    }

    @Override
    public void answerAwaited(ApplicationAnswer answer, SerialExecutor executor, Consumer<AwaitedEnd> then) {
        AwaitedAction action = new AwaitedAction(() -> writer.awaited().answer(answer, writer));
        groupCommit.append(new Append.OfAction(action, action.telling(executor, then)));
    }

    @Override
    public void expireAwaited(
            String destination,
            long upTo,
            DeliveryState end,
            long atMillis,
            SerialExecutor executor,
            Consumer<AwaitedEnd> then) {
        AwaitedAction action =
                new AwaitedAction(() -> writer.awaited().expire(destination, upTo, end, atMillis, writer));
        groupCommit.append(new Append.OfAction(action, action.telling(executor, then)));
    }

    @Override
    public List<AwaitedDelivery> awaited(String destination, long afterNumber, int limit) {
        try (Connection reader = SqliteConnections.openReader(config.journal())) {
            return AwaitedTable.list(reader, destination, afterNumber, limit);
        } catch (SQLException e) {
            throw new StoreException("what waits for application acknowledgements cannot be read", e);
        }
    }

    @Override
    public Set<String> awaitedDestinations() {
        try (Connection reader = SqliteConnections.openReader(config.journal())) {
            return AwaitedTable.destinations(reader);
        } catch (SQLException e) {
            throw new StoreException("what waits for application acknowledgements cannot be read", e);
        }
    }

    @Override
    public List<PendingFragments> unfinished() {
        return fragments.pendingFragments();
    }

    @Override
    public List<SequenceState> sequences() {
        try (Connection reader = SqliteConnections.openReader(config.journal())) {
            return SequenceTable.read(reader);
        } catch (SQLException e) {
            throw new StoreException("the sequence numbers cannot be read", e);
        }
    }

    @Override
    public void mark(Mark mark) {
        groupCommit.mark(mark);
    }

    /**
     * Completes as STORED once all is durable that was appended or marked before this call, and as REFUSED
     * where that cannot be made durable now.
     */
    public void settle(Completion completion) {
        groupCommit.append(new Append.OfBarrier(completion));
    }

    /**
     * Runs a task on the writer, between two commits: all that was committed before has been handed to its
     * queues, nothing else is committed meanwhile.
     *
     * @return false where the store is closing
     */
    public boolean betweenCommits(Runnable task) {
        return groupCommit.runBetweenCommits(task);
    }

    /** The id of the delivery that was committed last. To be called between two commits only. */
    public long lastDeliveryId() {
        return writer.lastDeliveryId();
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
    public boolean isBehindOnMarks() {
        return groupCommit.isBehindOnMarks();
    }

    @Override
    public void whenMarksWritten(SerialExecutor executor, Runnable task) {
        groupCommit.whenMarksWritten(executor, task);
    }

    @Override
    public void readPage(LanePageRequest request, SerialExecutor executor, Consumer<LanePage> consumer) {
        if (groupCommit.mayReadOn()) {
            laneReader.readPage(request, executor, consumer);
        } else {
            HandOver.to(executor, () -> consumer.accept(LanePage.notNow()));
        }
    }

    @Override
    public LaneBacklog[] backlog(String destination, int lanes) {
        return backlog(destination, lanes, 0, Long.MAX_VALUE);
    }

    /** As the other, of the deliveries whose id is above the one and not above the other. */
    public LaneBacklog[] backlog(String destination, int lanes, long afterId, long lastId) {
        return laneReader.backlog(destination, lanes, afterId, lastId);
    }

    @Override
    public void resend(Resend resend, Completion completion) {
        groupCommit.append(
                new Append.OfAction(new ResendAction(connection, writer, transaction.queues(), resend), completion));
    }

    @Override
    public void release(Release release, Completion completion) {
        groupCommit.append(
                new Append.OfAction(new ReleaseAction(connection, writer, transaction.queues(), release), completion));
    }

    @Override
    public void keepHeld(StillHeld still, Completion completion) {
        groupCommit.append(new Append.OfAction(new StillHeldAction(connection, writer, still), completion));
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

    /**
     * Where counts of validation are kept.
     *
     * @param facilities how many are told apart
     */
    public ConformanceLedger conformance(int facilities) {
        return (counts, completion) -> groupCommit.append(
                new Append.OfAction(new ConformanceAction(connection, facilities, counts), completion));
    }

    /** Retention over this store, not started yet. It is to be closed before the store. */
    public Retention retention(RetentionSettings settings, SqliteMessageArchive archive, EngineClock clock) {
        JournalPruner pruner = new JournalPruner(connection, groupCommit, guard, steps);
        return new Retention(settings, config.journal(), pruner, archive, clock, events);
    }

    @Override
    public void close() {
        groupCommit.stop();
        try {
            if (!connection.isClosed()) {
                closeConnections();
            }
        } catch (SQLException e) {
            LOG.error("the store was not closed cleanly; the next start recovers it", e);
        } finally {
            closeQuietly(lock);
        }
    }

    /** The last connection to close copies the log into the file, which a failed disk is not to do. */
    private void closeConnections() throws SQLException {
        boolean failed = groupCommit.isFailed();
        if (!failed) {
            laneReader.close();
        }
        checkpointer.close();
        closeQuietly(duplicates);
        closeQuietly(sequences);
        writer.close();
        if (!failed && !groupCommit.hasLostMarks() && (closedCleanly || !isEarlierLifeQueued())) {
            JournalSettings.setCleanFlag(connection);
        }
        connection.close();
        if (failed) {
            laneReader.close();
        }
    }

    private boolean isEarlierLifeQueued() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return JournalFile.number(
                            statement,
                            "SELECT EXISTS (SELECT 1 FROM delivery WHERE state = 2 AND id <= " + lastEarlierDelivery
                                    + ")")
                    != 0;
        }
    }

    private void finishCheckpoint() {
        try {
            Checkpointer.checkpoint(connection, "PASSIVE");
            connection.commit();
        } catch (SQLException e) {
            LOG.warn("the writer's checkpoint failed; the next one tries again", e);
            guard.checkpointFailed(e);
        }
    }

    private static void closeQuietly(@Nullable AutoCloseable resource) {
        try {
            if (resource != null) {
                resource.close();
            }
        } catch (Exception e) {
            LOG.warn("a part of the store could not be released", e);
        }
    }
}
