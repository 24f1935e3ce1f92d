package org.khokahano.store.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.StoreException;
import org.khokahano.store.archive.CausePage;
import org.khokahano.store.archive.ConformanceHistory;
import org.khokahano.store.archive.ConformanceQuery;
import org.khokahano.store.archive.ListedDelivery;
import org.khokahano.store.archive.MessageArchive;
import org.khokahano.store.archive.MessagePage;
import org.khokahano.store.archive.MessageQuery;
import org.khokahano.store.archive.MessageSummary;
import org.khokahano.store.archive.QuarantinedInput;
import org.khokahano.store.archive.StoredMessage;
import org.khokahano.store.archive.UnmappedPage;
import org.khokahano.store.archive.UnresolvedCount;
import org.khokahano.store.archive.UnresolvedQuery;
import org.khokahano.store.archive.WaitingCount;
import org.khokahano.store.archive.WaitingDelivery;

/** Reads the embedded store beside its writer, on connections of its own. */
public final class SqliteMessageArchive implements MessageArchive, AutoCloseable {

    private static final Duration SEARCH_TIME = Duration.ofSeconds(1);

    private final ArchiveConnections connections;
    private final SearchIndexer indexer;
    private final Duration searchTime;

    private SqliteMessageArchive(SqliteStoreSettings config, Duration searchTime) throws SQLException {
        this.connections = new ArchiveConnections(config.journal(), config.index());
        this.indexer = new SearchIndexer(config.index(), config.journal(), connections);
        this.searchTime = searchTime;
    }

    /**
     * Opens the archive of a store that is open already, and lets its index follow. It is to be closed
     * before the store.
     *
     * @throws StoreException if the index can neither be opened nor made
     */
    public static SqliteMessageArchive open(SqliteStoreSettings config) {
        return open(config, SEARCH_TIME);
    }

    /** As {@link #open(SqliteStoreSettings)}, with the time that one search may take. */
    static SqliteMessageArchive open(SqliteStoreSettings config, Duration searchTime) {
        try {
            SqliteMessageArchive archive = new SqliteMessageArchive(config, searchTime);
            archive.indexer.start();
            return archive;
        } catch (SQLException e) {
            throw new StoreException("the search index " + config.index() + " cannot be opened: " + e.getMessage(), e);
        }
    }

    @Override
    public MessagePage search(MessageQuery query) {
        return read(connection -> new MessageSearch(connection, query, searchTime).page());
    }

    @Override
    public Optional<StoredMessage> message(long messageId) {
        return read(connection -> reader(connection).message(messageId));
    }

    @Override
    public Optional<MessageSummary> messageOfDelivery(long deliveryId) {
        return read(connection -> {
            long id = Sql.number(connection, 0, "SELECT message_id FROM delivery WHERE id = ?", deliveryId);
            return id == 0 ? Optional.empty() : reader(connection).summary(id);
        });
    }

    @Override
    public List<ListedDelivery> queue(String destination, long afterDeliveryId, int limit) {
        requirePage(limit);
        return read(connection -> new UnresolvedReader(connection).queue(destination, afterDeliveryId, limit));
    }

    @Override
    public List<ListedDelivery> unresolved(UnresolvedQuery query) {
        return read(connection -> new UnresolvedReader(connection).unresolved(query));
    }

    @Override
    public CausePage causes(DeliveryState state) {
        UnresolvedQuery.requireUnresolved(state);
        return read(connection -> new UnresolvedReader(connection).causes(state));
    }

    @Override
    public List<UnresolvedCount> unresolvedCounts() {
        return read(connection -> new UnresolvedReader(connection).counts());
    }

    @Override
    public UnmappedPage unmapped(@Nullable String table, @Nullable String code, int limit) {
        requirePage(limit);
        return read(connection -> new WaitingReader(connection).unmapped(table, code, limit));
    }

    @Override
    public List<WaitingCount> waitingCounts() {
        return read(connection -> new WaitingReader(connection).counts());
    }

    @Override
    public List<WaitingDelivery> waiting(long afterDeliveryId, int limit) {
        requirePage(limit);
        return read(connection -> new WaitingReader(connection).waiting(afterDeliveryId, limit));
    }

    @Override
    public List<QuarantinedInput> quarantine(long beforeId, int limit) {
        requirePage(limit);
        return read(connection -> new QuarantineReader(connection).list(beforeId, limit));
    }

    @Override
    public Optional<QuarantinedInput> quarantined(long id) {
        return read(connection -> new QuarantineReader(connection).show(id));
    }

    @Override
    public ConformanceHistory conformance(ConformanceQuery query) {
        requirePage(query.limit());
        return read(connection -> new ConformanceReader(connection, query).read());
    }

    @Override
    public long indexLag() {
        return indexer.lag();
    }

    /** The index behind this archive, which retention has to keep in step. */
    SearchIndexer indexer() {
        return indexer;
    }

    @Override
    public void close() {
        try {
            // The index's writer last: only it may copy its log into the file, which the last one does.
            connections.close();
            indexer.close();
        } catch (SQLException e) {
            throw new StoreException("the search index was not closed cleanly; it catches up at the next start", e);
        }
    }

    private static MessageReader reader(Connection connection) throws SQLException {
        return new MessageReader(connection, new NamesInStore(connection));
    }

    private static void requirePage(int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException("a page holds 1 to " + MAX_PAGE + " entries");
        }
    }

    private <T> T read(ArchiveConnections.Read<T> read) {
        try {
            return connections.read(read);
        } catch (SQLException e) {
            if (IndexFile.isDamage(e)) {
                indexer.doubt();
            }
            throw new StoreException("the store could not be read: " + e.getMessage(), e);
        }
    }
}
