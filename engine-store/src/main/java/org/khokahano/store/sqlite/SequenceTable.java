package org.khokahano.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.khokahano.store.AppendResult;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.SequenceChange;
import org.khokahano.store.SequenceClaim;
import org.khokahano.store.SequenceLink;
import org.khokahano.store.SequenceReading;
import org.khokahano.store.SequenceState;

/**
 * Where the streams of numbered messages stand: in memory, and in the table {@code sequence} since the
 * same commit. Its statements are prepared when the first number comes. Writer thread only.
 */
final class SequenceTable implements AutoCloseable {

    /** Of one listener: whoever sends under ever new names must fill neither the memory nor another's room. */
    static final int MOST_LINKS = 10_000;

    private final Connection connection;
    private final Map<SequenceLink, SequenceState> states = new HashMap<>();

    /** How many links each listener has. */
    private final Map<String, Integer> linksOf = new HashMap<>();

    private boolean changed;
    private @Nullable PreparedStatement put;
    private @Nullable PreparedStatement stateOfDelivery;

    SequenceTable(Connection connection) throws SQLException {
        this.connection = connection;
        read(connection).forEach(this::keep);
    }

    private void keep(SequenceState state) {
        if (states.put(state.link(), state) == null && state.link().side() == SequenceLink.Side.LISTENER) {
            linksOf.merge(state.link().name(), 1, Integer::sum);
        }
    }

    /** All of them, as they stand in the file. */
    static List<SequenceState> read(Connection connection) throws SQLException {
        List<SequenceState> read = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT side, name, peer, number, delivery_id, status, at"
                        + " FROM sequence ORDER BY side, name, peer")) {
            while (rows.next()) {
                SequenceLink link = new SequenceLink(
                        SequenceLink.Side.ofCode(rows.getInt(1)), rows.getString(2), rows.getString(3));
                read.add(new SequenceState(
                        link,
                        rows.getLong(4),
                        rows.getLong(5),
                        SequenceState.Status.ofCode(rows.getInt(6)),
                        rows.getLong(7)));
            }
        }
        return read;
    }

    /** The answer for a message that may not be taken, since its number is not the next one; else null. */
    @Nullable
    AppendResult refusalOf(SequenceClaim claim) {
        SequenceState state = states.get(claim.link());
        long expected = SequenceState.expected(state);
        if (expected != SequenceState.ADOPT_NEXT && expected != claim.number()) {
            return AppendResult.outOfSequence(expected);
        }
        return state == null ? refusalOfNew(claim.link()) : null;
    }

    /** Destinations are as many as are configured. */
    private @Nullable AppendResult refusalOfNew(SequenceLink link) {
        return link.side() == SequenceLink.Side.DESTINATION || linksOf.getOrDefault(link.name(), 0) < MOST_LINKS
                ? null
                : AppendResult.refused("the listener has sequence numbers of " + MOST_LINKS
                        + " senders already; number by listener, or remove those that are gone"
                        + " ('khoka sequence remove')");
    }

    /** Keeps that the number was accepted. */
    void accepted(SequenceClaim claim, long atMillis) throws SQLException {
        put(SequenceState.accepted(claim.link(), claim.number(), atMillis));
    }

    /** A repetition is taken for the first message after a resynchronisation, too (R35). */
    void repeated(SequenceClaim claim, long atMillis) throws SQLException {
        SequenceState state = states.get(claim.link());
        if (state != null && state.number() == SequenceState.ADOPT_NEXT) {
            accepted(claim, atMillis);
        }
    }

    SequenceReading change(SequenceLink link, SequenceChange change) throws SQLException {
        SequenceState before = seen(states.get(link));
        SequenceState after = change.apply(before);
        if (after == null && before != null) {
            remove(link);
        } else if (after != null && after != before) {
            AppendResult refusal = before == null ? refusalOfNew(link) : null;
            if (refusal != null) {
                return SequenceReading.refused(refusal.reason());
            }
            put(after);
        }
        return new SequenceReading("", before, after);
    }

    private void remove(SequenceLink link) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM sequence WHERE side = ? AND name = ? AND peer = ?")) {
            delete.setInt(1, link.side().code());
            delete.setString(2, link.name());
            delete.setString(3, link.peer());
            delete.executeUpdate();
        }
        if (states.remove(link) != null && link.side() == SequenceLink.Side.LISTENER) {
            linksOf.merge(link.name(), -1, Integer::sum);
        }
        changed = true;
    }

    /** What was delivered has been accepted, although nobody wrote that here. */
    private @Nullable SequenceState seen(@Nullable SequenceState state) throws SQLException {
        if (state == null || state.status() != SequenceState.Status.OPEN) {
            return state;
        }
        PreparedStatement select = stateOfDelivery;
        if (select == null) {
            select = connection.prepareStatement("SELECT state FROM delivery WHERE id = ?");
            stateOfDelivery = select;
        }
        select.setLong(1, state.deliveryId());
        try (ResultSet row = select.executeQuery()) {
            int code = row.next() ? row.getInt(1) : 0;
            return code == DeliveryState.DELIVERED.code() || code == DeliveryState.AWAITING.code()
                    ? new SequenceState(
                            state.link(),
                            state.number(),
                            state.deliveryId(),
                            SequenceState.Status.SETTLED,
                            state.atMillis())
                    : state;
        }
    }

    private void put(SequenceState state) throws SQLException {
        PreparedStatement insert = put;
        if (insert == null) {
            insert = connection.prepareStatement("INSERT OR REPLACE INTO sequence"
                    + " (side, name, peer, number, delivery_id, status, at) VALUES (?, ?, ?, ?, ?, ?, ?)");
            put = insert;
        }
        insert.setInt(1, state.link().side().code());
        insert.setString(2, state.link().name());
        insert.setString(3, state.link().peer());
        insert.setLong(4, state.number());
        insert.setLong(5, state.deliveryId());
        insert.setInt(6, state.status().code());
        insert.setLong(7, state.atMillis());
        insert.executeUpdate();
        keep(state);
        changed = true;
    }

    void committed() {
        changed = false;
    }

    /** Takes back what a transaction that was rolled back had changed. */
    void rolledBack() throws SQLException {
        if (changed) {
            states.clear();
            linksOf.clear();
            read(connection).forEach(this::keep);
            changed = false;
        }
    }

    @Override
    public void close() throws SQLException {
        if (put != null) {
            put.close();
        }
        if (stateOfDelivery != null) {
            stateOfDelivery.close();
        }
    }
}
