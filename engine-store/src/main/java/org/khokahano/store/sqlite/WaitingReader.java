package org.khokahano.store.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.WaitingCode;
import org.khokahano.store.archive.UnmappedPage;
import org.khokahano.store.archive.WaitingCount;
import org.khokahano.store.archive.WaitingDelivery;

/** Reads what held deliveries wait for in code tables. */
final class WaitingReader {

    /** So many codes of the newest deliveries are counted. */
    private static final int MAX_COUNTED = 200_000;

    private static final int EXAMPLES = 3;

    private static final String HELD = " d.state = " + DeliveryState.HELD.code();

    private static final String COUNTED = "(SELECT u.delivery_id, d.message_id, t.name AS code_table, u.code, u.system"
            + " FROM unmapped u CROSS JOIN delivery d ON d.id = u.delivery_id AND" + HELD
            + " JOIN name t ON t.id = u.code_table%s ORDER BY u.delivery_id DESC LIMIT " + MAX_COUNTED + ")";

    private final Connection connection;
    private final NamesInStore names;

    /** A group of which the examples are still to be read. */
    private record Group(UnmappedPage.Entry entry, int listener, int facility) {}

    WaitingReader(Connection connection) throws SQLException {
        this.connection = connection;
        this.names = new NamesInStore(connection);
    }

    UnmappedPage unmapped(@Nullable String table, @Nullable String code, int limit) throws SQLException {
        StringBuilder filter = new StringBuilder();
        List<Object> arguments = new ArrayList<>();
        if (table != null) {
            filter.append(" AND t.name = ?");
            arguments.add(table);
        }
        if (code != null) {
            filter.append(" AND u.code = ?");
            arguments.add(code);
        }
        String counted = COUNTED.formatted(filter.length() == 0 ? "" : " WHERE " + filter.substring(" AND ".length()));
        long rows = Sql.list(connection, row -> row.getLong(1), "SELECT count(*) FROM " + counted, arguments)
                .get(0);
        arguments.add(limit + 1);
        List<Group> groups = Sql.list(
                connection,
                row -> new Group(
                        new UnmappedPage.Entry(
                                names.name(row.getInt(1)),
                                names.name(row.getInt(2)),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5),
                                row.getString(6),
                                row.getLong(7),
                                row.getLong(8),
                                row.getLong(9),
                                List.of()),
                        row.getInt(1),
                        row.getInt(2)),
                "SELECT m.listener, m.facility, m.sender, c.code_table, c.code, c.system, count(*), min(m.at),"
                        + " max(m.at) FROM " + counted + " c JOIN message m ON m.id = c.message_id"
                        + " GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 7 DESC, 4, 5, 6, 3 LIMIT ?",
                arguments);
        List<UnmappedPage.Entry> entries = new ArrayList<>();
        for (Group group : groups.subList(0, Math.min(limit, groups.size()))) {
            entries.add(withExamples(group));
        }
        return new UnmappedPage(entries, rows < MAX_COUNTED && groups.size() <= limit);
    }

    private UnmappedPage.Entry withExamples(Group group) throws SQLException {
        UnmappedPage.Entry entry = group.entry();
        List<UnmappedPage.Example> examples = Sql.list(
                connection,
                row -> new UnmappedPage.Example(row.getLong(1), row.getLong(2), row.getString(3)),
                "SELECT d.message_id, d.id, u.place FROM unmapped u CROSS JOIN delivery d ON d.id = u.delivery_id AND"
                        + HELD + " JOIN message m ON m.id = d.message_id JOIN name t ON t.id = u.code_table"
                        + " WHERE u.code = ? AND u.system = ? AND t.name = ? AND m.listener = ? AND m.facility = ?"
                        + " AND m.sender = ? ORDER BY u.delivery_id DESC LIMIT " + EXAMPLES,
                List.of(
                        entry.code(),
                        entry.system(),
                        entry.table(),
                        group.listener(),
                        group.facility(),
                        entry.sender()));
        return new UnmappedPage.Entry(
                entry.listener(),
                entry.facility(),
                entry.sender(),
                entry.table(),
                entry.code(),
                entry.system(),
                entry.deliveries(),
                entry.firstMillis(),
                entry.lastMillis(),
                examples);
    }

    List<WaitingCount> counts() throws SQLException {
        return Sql.list(
                connection,
                row -> new WaitingCount(row.getString(1), row.getLong(2), row.getLong(3)),
                "SELECT code_table, count(DISTINCT code || char(0) || system), count(DISTINCT delivery_id) FROM "
                        + COUNTED.formatted("") + " GROUP BY 1 ORDER BY 1",
                List.of());
    }

    List<WaitingDelivery> waiting(long afterId, int limit) throws SQLException {
        List<WaitingDelivery> without = Sql.list(
                connection,
                row -> new WaitingDelivery(
                        row.getLong(1), row.getLong(2), names.name(row.getInt(3)), row.getLong(4), List.of()),
                "SELECT DISTINCT u.delivery_id, d.message_id, d.destination, coalesce(m.received, m.at)"
                        + " FROM unmapped u CROSS JOIN delivery d ON d.id = u.delivery_id AND" + HELD
                        + " JOIN message m ON m.id = d.message_id WHERE u.delivery_id > ?"
                        + " ORDER BY u.delivery_id LIMIT ?",
                List.of(afterId, limit));
        List<WaitingDelivery> waiting = new ArrayList<>(without.size());
        for (WaitingDelivery each : without) {
            waiting.add(new WaitingDelivery(
                    each.id(),
                    each.messageId(),
                    each.destination(),
                    each.receivedMillis(),
                    codes(connection, each.id())));
        }
        return waiting;
    }

    /** What one delivery waits for, in the order in which the mapping met the codes. */
    static List<WaitingCode> codes(Connection connection, long deliveryId) throws SQLException {
        return Sql.list(
                connection,
                row -> new WaitingCode(row.getString(1), row.getString(2), row.getString(3), row.getString(4)),
                "SELECT t.name, u.code, u.system, u.place FROM unmapped u JOIN name t ON t.id = u.code_table"
                        + " WHERE u.delivery_id = ? ORDER BY u.n",
                List.of(deliveryId));
    }
}
