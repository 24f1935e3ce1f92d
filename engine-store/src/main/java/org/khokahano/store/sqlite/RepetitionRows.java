package org.khokahano.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;
import org.khokahano.store.DeliveryState;

/**
 * The rows that are written when deliveries of a stored message are made again. That is rare, so that
 * the statements are prepared each time and the hot path carries none of them. Writer thread only.
 */
final class RepetitionRows {

    private final Connection connection;
    private final String by;
    private final long atMillis;

    /** @param by who decided it, and why */
    RepetitionRows(Connection connection, String by, long atMillis) {
        this.connection = connection;
        this.by = by;
        this.atMillis = atMillis;
    }

    /**
     * Makes a new message of an old one. No identity and no content go with it, so that duplicates are
     * never looked for.
     *
     * @param revision what it was planned by; null for what the old one was
     */
    void copyMessage(long oldId, JournalWriter.Ids ids, int deliveries, @Nullable Integer revision)
            throws SQLException {
        try (PreparedStatement message = connection.prepareStatement("INSERT INTO message (id, at, listener,"
                        + " facility, remote, size, type, control_id, sender, patient_id, first_delivery,"
                        + " deliveries, ack_form, origin, revision, received, batch) SELECT ?, ?, listener, facility,"
                        + " remote, size, type, control_id, sender, patient_id, ?, ?, ack_form, id,"
                        + " coalesce(?, revision), coalesce(received, at), batch FROM message WHERE id = ?");
                PreparedStatement body = connection.prepareStatement(
                        "INSERT INTO body (message_id, bytes, crc) SELECT ?, bytes, crc FROM body"
                                + " WHERE message_id = ?")) {
            message.setLong(1, ids.message());
            message.setLong(2, atMillis);
            message.setLong(3, ids.firstDelivery());
            message.setInt(4, deliveries);
            if (revision == null) {
                message.setNull(5, Types.INTEGER);
            } else {
                message.setInt(5, revision);
            }
            message.setLong(6, oldId);
            message.executeUpdate();
            body.setLong(1, ids.message());
            body.setLong(2, oldId);
            body.executeUpdate();
        }
    }

    /**
     * Keeps who decided what. A repetition of what may have reached the partner is flagged in its
     * first row, where a lane that reads it after a restart finds it.
     */
    void decide(long deliveryId, DeliveryState state, String what, boolean reached) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO attempt (delivery_id, n, at,"
                + " took, state, outcome, detail, repeat, unknown, answer) SELECT ?1,"
                + " min(coalesce(min(n), 0), 0) - 1, ?2, 0, ?3, '', ?4, ?5, ?5, NULL"
                + " FROM attempt WHERE delivery_id = ?1")) {
            insert.setLong(1, deliveryId);
            insert.setLong(2, atMillis);
            insert.setInt(3, state.code());
            insert.setString(4, by.isEmpty() ? what : what + ", by " + by);
            insert.setInt(5, reached ? 1 : 0);
            insert.executeUpdate();
        }
    }

    void setState(long deliveryId, DeliveryState state) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE delivery SET state = ? WHERE id = ? AND state <> ?1")) {
            update.setInt(1, state.code());
            update.setLong(2, deliveryId);
            update.executeUpdate();
        }
    }

    /** Whether a delivery is held, and of this message. */
    boolean isHeld(long messageId, long deliveryId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT 1 FROM delivery WHERE id = ?"
                + " AND message_id = ? AND state = " + DeliveryState.HELD.code())) {
            select.setLong(1, deliveryId);
            select.setLong(2, messageId);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    /**
     * Gives a message its first delivery; false where it has one already, so that nobody plans it a second time.
     */
    boolean claim(long messageId, long deliveryId) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE message SET first_delivery = ?, deliveries = 1 WHERE id = ? AND deliveries = 0")) {
            update.setLong(1, deliveryId);
            update.setLong(2, messageId);
            return update.executeUpdate() == 1;
        }
    }

    /** Forgets what a delivery waited for. */
    void removeCodes(long deliveryId) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM unmapped WHERE delivery_id = ?")) {
            delete.setLong(1, deliveryId);
            delete.executeUpdate();
        }
    }
}
