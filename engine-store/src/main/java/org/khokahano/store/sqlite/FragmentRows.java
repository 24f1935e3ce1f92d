package org.khokahano.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.khokahano.store.Quarantined;
import org.khokahano.store.fragment.FragmentReading;
import org.khokahano.store.fragment.FragmentReading.State;
import org.khokahano.store.fragment.NewFragment;

/**
 * The rows of fragments, on the writer's connection. Fragments are rare beside messages, so that
 * nothing is prepared beforehand.
 */
final class FragmentRows {

    /** Another fragment follows it, and is there. */
    static final int INNER = 0;

    /** The newest fragment of an unfinished message. */
    static final int TAIL = 1;

    /** The last fragment of a message that is to be put together. */
    static final int END = 2;

    /** Its message is stored whole; the bytes are gone, the digest is not. */
    static final int DONE = 3;

    private static final String COLUMNS = "SELECT id, chain, n, at, ack_form, state FROM fragment ";

    private final Connection connection;
    private final JournalWriter writer;

    FragmentRows(Connection connection, JournalWriter writer) {
        this.connection = connection;
        this.writer = writer;
    }

    /** A stored fragment without its bytes. */
    record Row(long id, long chain, int number, long atMillis, int ackForm, int state) {}

    /** A fragment with these bytes that came before; null where none did. */
    @Nullable
    Row known(String listener, byte[] digest, long nowMillis) throws SQLException {
        return first(
                COLUMNS + "WHERE digest = ? AND listener = ? AND (state < 3 OR until > ?) ORDER BY id DESC LIMIT 1",
                digest,
                writer.nameOf(listener),
                nowMillis);
    }

    /** The newest fragment of the message that goes on at a pointer; null where there is none. */
    @Nullable
    Row waitingFor(String listener, String channel, String pointer) throws SQLException {
        return first(
                COLUMNS + "WHERE state IN (1, 2) AND listener = ? AND channel = ? AND pointer = ? LIMIT 1",
                writer.nameOf(listener),
                channel,
                pointer);
    }

    private @Nullable Row first(String sql, Object... arguments) throws SQLException {
        List<Row> rows = Sql.list(
                connection,
                row -> new Row(
                        row.getLong(1), row.getLong(2), row.getInt(3), row.getLong(4), row.getInt(5), row.getInt(6)),
                sql,
                List.of(arguments));
        return rows.isEmpty() ? null : rows.get(0);
    }

    /** How many bytes there are of a message. */
    long length(long chain) throws SQLException {
        return Sql.number(connection, 0, "SELECT sum(length(bytes)) FROM fragment WHERE chain = ?", chain);
    }

    /** How many messages of a listener are not stored yet. */
    long pending(String listener) throws SQLException {
        return Sql.number(
                connection,
                0,
                "SELECT count(*) FROM fragment WHERE state IN (1, 2) AND listener = ?",
                writer.nameOf(listener));
    }

    String firstControlId(long chain) throws SQLException {
        List<String> ids = Sql.list(
                connection,
                row -> row.getString(1),
                "SELECT control_id FROM fragment WHERE chain = ? AND n = 1",
                List.of(chain));
        return ids.isEmpty() ? "" : ids.get(0);
    }

    /** Inserts a fragment behind another, or as the first of its message. */
    Row insert(NewFragment fragment, byte[] digest, @Nullable Row before) throws SQLException {
        long id = Sql.number(connection, 0, "SELECT value FROM setting WHERE name = 'lastFragment'") + 1;
        update("INSERT OR REPLACE INTO setting (name, value) VALUES ('lastFragment', ?)", id);
        long chain = before == null ? id : before.chain();
        int number = before == null ? 1 : before.number() + 1;
        int state = fragment.isLast() ? END : TAIL;
        if (before != null) {
            update("UPDATE fragment SET state = 0 WHERE id = ?", before.id());
        }
        update(
                "INSERT INTO fragment (id, chain, n, at, until, listener, remote, channel, pointer, control_id,"
                        + " ack_form, state, digest, bytes, crc) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                id,
                chain,
                number,
                fragment.receivedMillis(),
                fragment.receivedMillis() + fragment.limits().repeated().toMillis(),
                writer.nameOf(fragment.listener()),
                fragment.remote(),
                fragment.channel(),
                fragment.pointer(),
                fragment.controlId(),
                fragment.ackForm(),
                state,
                digest,
                fragment.bytes(),
                Checksum.of(fragment.bytes()));
        return new Row(id, chain, number, fragment.receivedMillis(), fragment.ackForm(), state);
    }

    /** The message of a chain that is stored; 0 where it is unfinished, -1 where nothing of it is left. */
    long storedAs(long chain) throws SQLException {
        return Sql.number(
                connection, -1, "SELECT coalesce(message, 0) FROM fragment WHERE chain = ? ORDER BY n LIMIT 1", chain);
    }

    /** The fragments have become a message. */
    void stored(long chain, long message) throws SQLException {
        update("UPDATE fragment SET state = 3, bytes = x'', crc = 0, message = ? WHERE chain = ?", message, chain);
    }

    /** Forgets fragments that are done with and whose repetitions need not be known any more. */
    void forgetOld(long nowMillis) throws SQLException {
        update("DELETE FROM fragment WHERE state = 3 AND until < ?", nowMillis);
    }

    /** Whether a chain has so many fragments, and no message was made of it. */
    boolean isAt(long chain, int fragments) throws SQLException {
        return Sql.number(connection, 0, "SELECT n FROM fragment WHERE chain = ? AND state IN (1, 2)", chain)
                == fragments;
    }

    /** The fragments of a chain as input for the quarantine. */
    List<Quarantined> quarantined(long chain, String reason, String detail, long atMillis) throws SQLException {
        return Sql.list(
                connection,
                row -> new Quarantined(
                        row.getString(1),
                        row.getString(2),
                        row.getBytes(3),
                        reason,
                        "fragment " + row.getInt(4) + ": " + detail,
                        atMillis),
                "SELECT l.name, f.remote, f.bytes, f.n FROM fragment f JOIN name l ON l.id = f.listener"
                        + " WHERE f.chain = ? ORDER BY f.n",
                List.of(chain));
    }

    void remove(long chain) throws SQLException {
        update("DELETE FROM fragment WHERE chain = ?", chain);
    }

    private void update(String sql, Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            statement.executeUpdate();
        }
    }

    /** The fragments of a chain in their order, over any connection. */
    static FragmentReading read(Connection reader, long chain) throws SQLException {
        List<byte[]> all = new ArrayList<>();
        boolean damaged = false;
        int last = 0;
        try (PreparedStatement statement = reader.prepareStatement(
                "SELECT bytes, crc, n FROM fragment WHERE chain = ? AND state < 3 ORDER BY n")) {
            statement.setLong(1, chain);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    byte[] bytes = rows.getBytes(1);
                    last = rows.getInt(3);
                    all.add(bytes);
                    damaged = damaged || last != all.size() || !Checksum.matches(bytes, rows.getLong(2));
                }
            }
        }
        State state = damaged ? State.DAMAGED : all.isEmpty() ? State.GONE : State.READ;
        return new FragmentReading(state, last, damaged ? List.of() : all);
    }
}
