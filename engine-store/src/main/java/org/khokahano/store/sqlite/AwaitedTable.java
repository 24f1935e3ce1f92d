package org.khokahano.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.khokahano.send.OutcomeKind;
import org.khokahano.send.SendOutcome;
import org.khokahano.store.ApplicationAnswer;
import org.khokahano.store.Awaited;
import org.khokahano.store.AwaitedDelivery;
import org.khokahano.store.AwaitedEnd;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.Mark;

/**
 * Deliveries whose application acknowledgement is awaited: a row of the table {@code awaited} for each, from
 * its mark to the mark that ends its wait. Its statements are prepared each time, as few engines need them.
 * Writer thread only, but for the list.
 */
final class AwaitedTable {

    /** So many are given up in one commit; the next look takes the rest. */
    private static final int MOST_ENDED = 500;

    private final Connection connection;

    /** How many wait by their destination's id, of those that were counted: every second somebody asks. */
    private final Map<Long, Long> waiting = new HashMap<>();

    AwaitedTable(Connection connection) {
        this.connection = connection;
    }

    /** One that waits, as far as its end needs it. */
    private record Row(long number, long deliveryId, String destination, String peer, long sinceMillis) {

        /** How many of the two names that it was sent to are those of a peer; -1 where one differs. */
        private int fit(String from) {
            int application = fit(application(peer), application(from));
            int facility = fit(facility(peer), facility(from));
            return application < 0 || facility < 0 ? -1 : application + facility;
        }

        private static int fit(String sentTo, String from) {
            if (sentTo.isEmpty() || from.isEmpty()) {
                return 0;
            }
            return sentTo.equals(from) ? 1 : -1;
        }

        private static String application(String peer) {
            return peer.substring(0, Math.max(0, peer.lastIndexOf('|')));
        }

        private static String facility(String peer) {
            return peer.substring(peer.lastIndexOf('|') + 1);
        }
    }

    void insert(long deliveryId, Awaited awaited, long atMillis) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO awaited (delivery_id, destination,"
                + " control_id, peer, at) SELECT id, destination, ?, ?, ? FROM delivery WHERE id = ?"
                + " RETURNING destination")) {
            insert.setString(1, awaited.controlId());
            insert.setString(2, awaited.peer());
            insert.setLong(3, atMillis);
            insert.setLong(4, deliveryId);
            count(insert, 1);
        }
    }

    /** What an operator decides about a delivery ends its wait. */
    void remove(long deliveryId) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM awaited WHERE delivery_id = ? RETURNING destination")) {
            delete.setLong(1, deliveryId);
            count(delete, -1);
        }
    }

    private void count(PreparedStatement change, int each) throws SQLException {
        try (ResultSet destinations = change.executeQuery()) {
            while (destinations.next()) {
                waiting.computeIfPresent(destinations.getLong(1), (id, count) -> count + each);
            }
        }
    }

    /** What a transaction had counted did not happen. */
    void rolledBack() {
        waiting.clear();
    }

    private long waiting(long destination) throws SQLException {
        Long known = waiting.get(destination);
        if (known == null) {
            known = Sql.number(connection, 0, "SELECT count(*) FROM awaited WHERE destination = ?", destination);
            waiting.put(destination, known);
        }
        return known;
    }

    /**
     * Ends the wait for one acknowledgement: of those with its MSA-2 the one that was sent to whom it comes
     * from, or the only one that was sent over the connection on which it came.
     */
    AwaitedEnd answer(ApplicationAnswer answer, JournalWriter writer) throws SQLException {
        String over = answer.destination() == null ? "" : answer.destination();
        List<Row> rows = rows(
                "a.control_id = ? AND (n.name = ? OR ? = '')",
                List.of(answer.awaited().controlId(), over, over));
        Row own = rows.size() == 1 && !over.isEmpty()
                ? rows.get(0)
                : fitting(rows, answer.awaited().peer());
        if (own == null) {
            return new AwaitedEnd("", List.of(), 0, 0, 0);
        }
        DeliveryState state = answer.endOf().apply(own.destination());
        return new AwaitedEnd("", List.of(end(own, state, answer.outcome(), answer.atMillis(), writer)), 0, 0, 0);
    }

    /** The one that fits best; null where several do, as what is meant for one of them must not end another. */
    private static @Nullable Row fitting(List<Row> rows, String from) {
        Row best = null;
        boolean several = false;
        for (Row row : rows) {
            int fit = row.fit(from);
            int before = best == null ? -1 : best.fit(from);
            if (fit > before) {
                best = row;
                several = false;
            } else if (fit >= 0 && fit == before) {
                several = true;
            }
        }
        return several || rows.size() == MOST_ENDED ? null : best;
    }

    /** Ends the wait of those up to a number, and counts what is left. */
    AwaitedEnd expire(String destination, long upTo, DeliveryState state, long atMillis, JournalWriter writer)
            throws SQLException {
        List<AwaitedEnd.Ended> ended = new ArrayList<>();
        if (upTo > 0) {
            SendOutcome late =
                    SendOutcome.withoutAnswer(OutcomeKind.TIMEOUT, "no application acknowledgement in time", false);
            for (Row row : rows("n.name = ? AND a.number <= ?", List.of(destination, upTo))) {
                ended.add(end(row, state, late, atMillis, writer));
            }
        }
        long id = Sql.number(connection, 0, "SELECT id FROM name WHERE name = ?", destination);
        return new AwaitedEnd(
                "",
                ended,
                waiting(id),
                Sql.number(connection, 0, "SELECT at FROM awaited WHERE destination = ? ORDER BY number LIMIT 1", id),
                Sql.number(connection, 0, "SELECT max(number) FROM awaited"));
    }

    private List<Row> rows(String where, List<?> arguments) throws SQLException {
        return Sql.list(
                connection,
                row -> new Row(row.getLong(1), row.getLong(2), row.getString(3), row.getString(4), row.getLong(5)),
                "SELECT a.number, a.delivery_id, n.name, a.peer, a.at FROM awaited a JOIN name n ON n.id ="
                        + " a.destination WHERE " + where + " ORDER BY a.number LIMIT " + MOST_ENDED,
                List.copyOf(arguments));
    }

    private AwaitedEnd.Ended end(Row row, DeliveryState state, SendOutcome outcome, long atMillis, JournalWriter writer)
            throws SQLException {
        long attempts = Sql.number(
                connection, 0, "SELECT coalesce(max(n), 0) FROM attempt WHERE delivery_id = ?", row.deliveryId());
        long messageId = Sql.number(connection, 0, "SELECT message_id FROM delivery WHERE id = ?", row.deliveryId());
        long took = Math.max(0, atMillis - row.sinceMillis());
        remove(row.deliveryId());
        writer.apply(
                new Mark(row.deliveryId(), state, (int) Math.max(0, attempts) + 1, atMillis, took, outcome, "", false));
        return new AwaitedEnd.Ended(messageId, row.deliveryId(), row.destination(), state);
    }

    static Set<String> destinations(Connection reader) throws SQLException {
        return Set.copyOf(Sql.list(
                reader,
                row -> row.getString(1),
                "SELECT name FROM name WHERE id IN (SELECT DISTINCT destination FROM awaited)",
                List.of()));
    }

    static List<AwaitedDelivery> list(Connection reader, String destination, long after, int limit)
            throws SQLException {
        return Sql.list(
                reader,
                row -> new AwaitedDelivery(
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getString(4),
                        row.getString(5),
                        row.getLong(6)),
                "SELECT a.number, a.delivery_id, d.message_id, n.name, a.control_id, a.at FROM awaited a JOIN name n"
                        + " ON n.id = a.destination JOIN delivery d ON d.id = a.delivery_id WHERE a.number > ?"
                        + " AND (n.name = ? OR ? = '') ORDER BY a.number LIMIT ?",
                List.of(after, destination, destination, limit));
    }
}
