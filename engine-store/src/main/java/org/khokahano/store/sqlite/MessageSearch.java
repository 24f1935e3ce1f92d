package org.khokahano.store.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.archive.MessagePage;
import org.khokahano.store.archive.MessageQuery;
import org.khokahano.store.archive.MessageSummary;

/**
 * Walks back from the newest message in short steps, each a read of its own, so that no search holds
 * back the log's checkpoint, and stops when the page is full or the time is up. What is newer than the
 * index is looked at message by message; the rest through whatever index leads back furthest.
 */
final class MessageSearch {

    /** The states that the journal keeps an index of. */
    private static final List<DeliveryState> INDEXED_STATES =
            List.of(DeliveryState.QUEUED, DeliveryState.DEAD_LETTER, DeliveryState.HELD);

    private static final int MAX_EVENTS_OF_A_CODE = 200;

    private final Connection connection;
    private final MessageQuery query;
    private final NamesInStore names;
    private final long deadlineNanos;

    MessageSearch(Connection connection, MessageQuery query, Duration time) throws SQLException {
        this.connection = connection;
        this.query = query;
        this.names = new NamesInStore(connection);
        this.deadlineNanos = System.nanoTime() + time.toNanos();
    }

    MessagePage page() throws SQLException {
        SearchTerms terms = SearchTerms.of(query, names);
        if (terms == null) {
            return new MessagePage(List.of(), 0, 0);
        }
        long indexed = Sql.number(connection, 0, "SELECT last_id FROM idx.progress");
        long newest = Sql.number(connection, 0, "SELECT max(id) FROM message");
        long oldest = Sql.number(connection, 0, "SELECT min(id) FROM message");
        List<SearchSource> journalSources = journalSources(terms);
        List<SearchSource> indexSources = indexSources(terms);
        Span span = new Span(connection, query);
        List<MessageSummary> found = new ArrayList<>();
        boolean stepped = false;
        long before = Math.min(query.beforeId(), newest + 1);
        while (before > oldest && found.size() < query.limit()) {
            boolean tail = before > indexed + 1;
            if (!tail) {
                before = Math.min(before, span.highId() + 1);
                if (before <= Math.max(oldest, span.lowId())) {
                    return new MessagePage(found, 0, 0);
                }
            }
            if (stepped && System.nanoTime() > deadlineNanos) {
                return new MessagePage(found, before, storedMillis(before));
            }
            stepped = true;
            List<SearchSource> sources = new ArrayList<>(journalSources);
            sources.add(new SearchSource.AllMessages(tail ? Math.max(oldest, indexed + 1) : oldest));
            if (!tail) {
                sources.addAll(indexSources);
            }
            SearchSource.Run run = furthest(sources, before);
            found.addAll(matches(run, terms, before, query.limit() - found.size()));
            before = found.size() < query.limit()
                    ? Math.max(run.fromId(), oldest)
                    : found.get(found.size() - 1).id();
        }
        return new MessagePage(found, before > oldest ? before : 0, 0);
    }

    private SearchSource.Run furthest(List<SearchSource> sources, long before) throws SQLException {
        SearchSource.Run furthest = sources.get(0).below(connection, before);
        for (SearchSource source : sources.subList(1, sources.size())) {
            SearchSource.Run run = source.below(connection, before);
            if (run.fromId() < furthest.fromId()) {
                furthest = run;
            }
        }
        return furthest;
    }

    private List<SearchSource> journalSources(SearchTerms terms) throws SQLException {
        DeliveryState state = query.state();
        if (state == null || !INDEXED_STATES.contains(state)) {
            return List.of();
        }
        List<Object> destinations = terms.destination() != null ? List.of(terms.destination()) : destinationsIn(state);
        return List.of(new SearchSource.InState(state.code(), destinations));
    }

    /** The destinations with deliveries in a state: a jump through the index for each. */
    private List<Object> destinationsIn(DeliveryState state) throws SQLException {
        return UnresolvedReader.destinationsIn(connection, state);
    }

    private List<SearchSource> indexSources(SearchTerms terms) throws SQLException {
        List<SearchSource> sources = new ArrayList<>();
        addIndexed(sources, "by_control_id", query.controlId());
        addIndexed(sources, "by_patient_id", query.patientId());
        addIndexed(sources, "by_destination", terms.destination());
        addIndexed(sources, "by_facility", query.facility() == null ? null : names.number(query.facility()));
        addIndexed(sources, "by_listener", query.listener() == null ? null : names.number(query.listener()));
        String type = query.type();
        if (type != null) {
            List<Object> types = SearchTerms.isCodeAlone(type) ? typesOf(type) : List.of(type);
            if (types.size() <= MAX_EVENTS_OF_A_CODE) {
                sources.add(new SearchSource.Indexed("by_type", types));
            }
        }
        return sources;
    }

    /** An empty value is not in the index: then the messages themselves are looked at. */
    private static void addIndexed(List<SearchSource> sources, String table, @Nullable Object value) {
        if (value != null && !"".equals(value)) {
            sources.add(new SearchSource.Indexed(table, List.of(value)));
        }
    }

    /** The types in the index with this message code: a jump through the index for each. */
    private List<Object> typesOf(String code) throws SQLException {
        List<Object> types = new ArrayList<>();
        types.add(code);
        String last = code + '^';
        while (types.size() <= MAX_EVENTS_OF_A_CODE) {
            List<String> next = Sql.list(
                    connection,
                    row -> row.getString(1),
                    "SELECT value FROM idx.by_type WHERE value > ? AND value < ? ORDER BY value LIMIT 1",
                    List.of(last, code + '_'));
            if (next.isEmpty()) {
                break;
            }
            last = next.get(0);
            types.add(last);
        }
        return types;
    }

    private List<MessageSummary> matches(SearchSource.Run run, SearchTerms terms, long before, int limit)
            throws SQLException {
        List<Object> arguments = new ArrayList<>(run.arguments());
        // Whatever the planner thinks of it: the candidates first, then each one's message.
        String from = run.ids().isEmpty()
                ? "message m"
                : "(" + run.ids() + " ORDER BY 1 DESC) c CROSS JOIN message m ON m.id = c.id";
        arguments.add(run.fromId());
        arguments.add(before);
        arguments.addAll(terms.arguments());
        arguments.add(limit);
        String sql = "SELECT " + MessageReader.COLUMNS + " FROM " + from + " WHERE m.id >= ? AND m.id < ? AND "
                + terms.condition() + " ORDER BY m.id DESC LIMIT ?";
        return new MessageReader(connection, names).summaries(sql, arguments);
    }

    private long storedMillis(long id) throws SQLException {
        return Sql.number(connection, 0, "SELECT at FROM message WHERE id >= ? ORDER BY id LIMIT 1", id);
    }

    /** The ids in which the index has messages of the time that is asked for. */
    private record Span(long lowId, long highId) {

        Span(Connection connection, MessageQuery query) throws SQLException {
            this(
                    query.fromMillis() <= 0 ? 0 : bound(connection, query, "min(low_id)", Long.MAX_VALUE - 1),
                    query.untilMillis() == Long.MAX_VALUE && query.fromMillis() <= 0
                            ? Long.MAX_VALUE - 1
                            : bound(connection, query, "max(high_id)", 0));
        }

        private static long bound(Connection connection, MessageQuery query, String bound, long otherwise)
                throws SQLException {
            return Sql.number(
                    connection,
                    otherwise,
                    "SELECT " + bound + " FROM idx.period WHERE start BETWEEN ? AND ?",
                    query.fromMillis() / IndexFile.PERIOD_MILLIS,
                    query.untilMillis() / IndexFile.PERIOD_MILLIS);
        }
    }
}
