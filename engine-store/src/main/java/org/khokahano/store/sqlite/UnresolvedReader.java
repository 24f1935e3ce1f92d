package org.khokahano.store.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.NewMessage.BusinessKeys;
import org.khokahano.store.archive.CausePage;
import org.khokahano.store.archive.CausePage.Cause;
import org.khokahano.store.archive.ListedDelivery;
import org.khokahano.store.archive.UnresolvedCount;
import org.khokahano.store.archive.UnresolvedQuery;

/** Reads queues, dead letters and held deliveries through the journal's partial indexes. */
final class UnresolvedReader {

    /** For each destination so many of the newest deliveries are counted by cause. */
    private static final int MAX_COUNTED = 100_000;

    private static final int MAX_CAUSES = 1_000;

    /**
     * The row that tells why a delivery is where it is: the latest that left it in its state. A
     * decision is newer than the attempts where its time says so.
     */
    private static final String LATEST = "(SELECT a.n FROM attempt a WHERE a.delivery_id = d.id AND a.state = d.state"
            + " ORDER BY a.at DESC, abs(a.n) DESC LIMIT 1)";

    private static final String COLUMNS = "d.id, d.message_id, d.destination, d.key_hash, d.state, m.at, m.type,"
            + " m.control_id, m.sender, m.patient_id,"
            + " (SELECT count(*) FROM attempt c WHERE c.delivery_id = d.id AND c.n > 0),"
            + " l.at, coalesce(l.outcome, ''), coalesce(l.detail, '')"
            + " FROM delivery d CROSS JOIN message m ON m.id = d.message_id"
            + " LEFT JOIN attempt l ON l.delivery_id = d.id AND l.n = " + LATEST;

    private final Connection connection;
    private final NamesInStore names;

    UnresolvedReader(Connection connection) throws SQLException {
        this.connection = connection;
        this.names = new NamesInStore(connection);
    }

    List<ListedDelivery> queue(String destination, long afterId, int limit) throws SQLException {
        Integer number = names.number(destination);
        if (number == null) {
            return List.of();
        }
        return Sql.list(
                connection,
                this::listed,
                "SELECT " + COLUMNS + " WHERE d.state = 2 AND d.destination = ? AND d.id > ? ORDER BY d.id LIMIT ?",
                List.of(number, afterId, limit));
    }

    List<ListedDelivery> unresolved(UnresolvedQuery query) throws SQLException {
        List<Object> destinations = destinations(query);
        List<ListedDelivery> newest = new ArrayList<>();
        for (Object destination : destinations) {
            List<Object> arguments = new ArrayList<>(List.of(destination, query.beforeDeliveryId()));
            StringBuilder sql = new StringBuilder("SELECT " + COLUMNS + " WHERE d.state = "
                    + query.state().code() + " AND d.destination = ? AND d.id < ?");
            if (query.outcome() != null) {
                sql.append(" AND coalesce(l.outcome, '') = ?");
                arguments.add(query.outcome());
            }
            if (query.detail() != null) {
                sql.append(" AND coalesce(l.detail, '') = ?");
                arguments.add(query.detail());
            }
            arguments.add(query.limit());
            newest.addAll(Sql.list(
                    connection,
                    this::listed,
                    sql.append(" ORDER BY d.id DESC LIMIT ?").toString(),
                    arguments));
        }
        newest.sort(Comparator.comparingLong(ListedDelivery::id).reversed());
        return newest.size() <= query.limit() ? newest : List.copyOf(newest.subList(0, query.limit()));
    }

    private List<Object> destinations(UnresolvedQuery query) throws SQLException {
        if (query.destination() == null) {
            return destinationsIn(connection, query.state());
        }
        Integer number = names.number(query.destination());
        return number == null ? List.of() : List.of(number);
    }

    CausePage causes(DeliveryState state) throws SQLException {
        List<Cause> causes = new ArrayList<>();
        boolean complete = true;
        for (Object destination : destinationsIn(connection, state)) {
            List<Cause> ofDestination = Sql.list(
                    connection,
                    row -> new Cause(
                            names.name(row.getInt(1)),
                            row.getString(2),
                            row.getString(3),
                            row.getLong(4),
                            row.getLong(5),
                            row.getLong(6)),
                    "SELECT d.destination, coalesce(l.outcome, ''), coalesce(l.detail, ''), count(*),"
                            + " max(d.id), min(d.id) FROM (SELECT id, destination, state FROM delivery WHERE state = "
                            + state.code() + " AND destination = ? ORDER BY id DESC LIMIT " + MAX_COUNTED + ") d"
                            + " LEFT JOIN attempt l ON l.delivery_id = d.id AND l.n = " + LATEST
                            + " GROUP BY 2, 3 ORDER BY 4 DESC LIMIT " + MAX_CAUSES,
                    List.of(destination));
            complete &= ofDestination.stream().mapToLong(Cause::count).sum() < MAX_COUNTED
                    && ofDestination.size() < MAX_CAUSES;
            causes.addAll(ofDestination);
        }
        causes.sort(Comparator.comparingLong(Cause::count).reversed());
        return new CausePage(causes, complete);
    }

    List<UnresolvedCount> counts() throws SQLException {
        Map<String, long[]> counts = new TreeMap<>();
        List<DeliveryState> states = List.of(DeliveryState.QUEUED, DeliveryState.HELD, DeliveryState.DEAD_LETTER);
        for (int i = 0; i < states.size(); i++) {
            int column = i;
            for (Object destination : destinationsIn(connection, states.get(i))) {
                long count = Sql.number(
                        connection,
                        0,
                        "SELECT count(*) FROM delivery WHERE state = "
                                + states.get(i).code() + " AND destination = ?",
                        destination);
                counts.computeIfAbsent(names.name((int) destination), name -> new long[3])[column] = count;
            }
        }
        List<UnresolvedCount> result = new ArrayList<>();
        counts.forEach((name, count) -> result.add(new UnresolvedCount(name, count[0], count[1], count[2])));
        return result;
    }

    /** The destinations with deliveries in a state: a jump through the index for each. */
    static List<Object> destinationsIn(Connection connection, DeliveryState state) throws SQLException {
        List<Object> destinations = new ArrayList<>();
        long last = 0;
        while (true) {
            last = Sql.number(
                    connection,
                    0,
                    "SELECT destination FROM delivery WHERE state = " + state.code()
                            + " AND destination > ? ORDER BY destination LIMIT 1",
                    last);
            if (last == 0) {
                return destinations;
            }
            destinations.add((int) last);
        }
    }

    private ListedDelivery listed(ResultSet row) throws SQLException {
        return new ListedDelivery(
                row.getLong(1),
                row.getLong(2),
                names.name(row.getInt(3)),
                row.getInt(4),
                DeliveryState.ofCode(row.getInt(5)),
                row.getLong(6),
                new BusinessKeys(row.getString(7), row.getString(8), row.getString(9), row.getString(10)),
                row.getInt(11),
                row.getLong(12),
                row.getString(13),
                row.getString(14));
    }
}
