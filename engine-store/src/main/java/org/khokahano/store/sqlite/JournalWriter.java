package org.khokahano.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.khokahano.send.SendOutcome;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.Mark;
import org.khokahano.store.NewDelivery;
import org.khokahano.store.NewMessage;
import org.khokahano.store.NewMessage.BusinessKeys;
import org.khokahano.store.NewMessage.DuplicateKey;
import org.khokahano.store.Quarantined;
import org.khokahano.store.WaitingCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The statements that write the journal, prepared once. Used by the writer thread alone, inside the
 * transaction that {@link GroupCommit} opens and commits. Ids are counted in memory.
 */
final class JournalWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);

    private final Connection connection;
    private final NameTable names;
    private final PreparedStatement insertMessage;
    private final PreparedStatement insertBody;
    private final PreparedStatement insertDelivery;
    private final PreparedStatement insertQuarantine;
    private final PreparedStatement insertCode;
    private final PreparedStatement updateState;
    private final PreparedStatement insertAttempt;
    private final PreparedStatement insertDecision;
    private final PreparedStatement selectStored;
    private long lastMessageId;
    private long lastDeliveryId;
    private long lastQuarantineId;

    JournalWriter(Connection connection) throws SQLException {
        this.connection = connection;
        this.names = new NameTable(connection);
        insertMessage = connection.prepareStatement(
                "INSERT INTO message (id, at, listener,"
                        + " facility, remote, size, identity, content, type, control_id, sender, patient_id,"
                        + " first_delivery, deliveries, ack_form, revision, batch) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        insertBody = connection.prepareStatement("INSERT INTO body (message_id, bytes, crc) VALUES (?, ?, ?)");
        insertDelivery = connection.prepareStatement("INSERT INTO delivery (id, message_id,"
                + " destination, key_hash, state, payload, crc) VALUES (?, ?, ?, ?, ?, ?, ?)");
        insertQuarantine = connection.prepareStatement("INSERT INTO quarantine (id, at, listener,"
                + " remote, reason, detail, bytes, crc) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
        insertCode = connection.prepareStatement("INSERT INTO unmapped (delivery_id, n, code_table, code,"
                + " system, place) VALUES (?, ?, ?, ?, ?, ?)");
        updateState = connection.prepareStatement("UPDATE delivery SET state = ? WHERE id = ?");
        insertAttempt = connection.prepareStatement("INSERT OR REPLACE INTO attempt (delivery_id,"
                + " n, at, took, state, outcome, detail, repeat, unknown, answer)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        insertDecision = connection.prepareStatement("INSERT INTO attempt (delivery_id, n, at,"
                + " took, state, outcome, detail, repeat, unknown, answer) SELECT ?1,"
                + " coalesce(min(n, 0), 0) - 1, ?2, 0, ?3, '', ?4, 0, 0, NULL"
                + " FROM (SELECT min(n) AS n FROM attempt WHERE delivery_id = ?1)");
        selectStored = connection.prepareStatement(
                "SELECT m.at, b.bytes, m.ack_form FROM message m JOIN body b ON b.message_id = m.id"
                        + " WHERE m.id = ?");
        countOn();
    }

    /** Takes up the ids where the file ends; after a rollback, too. */
    void countOn() throws SQLException {
        names.reload();
        lastMessageId = maxId("message");
        lastDeliveryId = maxId("delivery");
        lastQuarantineId = maxId("quarantine");
    }

    long lastDeliveryId() {
        return lastDeliveryId;
    }

    private long maxId(String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT max(id) FROM " + table)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /**
     * Inserts a message with its deliveries, which get consecutive ids.
     *
     * @return the ids that it was given
     */
    Ids insert(NewMessage message) throws SQLException {
        long id = ++lastMessageId;
        long firstDelivery = lastDeliveryId + 1;
        insertMessageRow(id, firstDelivery, message);
        insertBody.setLong(1, id);
        insertBody.setBytes(2, message.bytes());
        insertBody.setLong(3, Checksum.of(message.bytes()));
        insertBody.executeUpdate();
        for (NewDelivery delivery : message.deliveries()) {
            insert(++lastDeliveryId, id, delivery, message.receivedMillis());
        }
        return new Ids(id, firstDelivery);
    }

    /** Inserts a delivery under ids that were taken, with why it is held if it is. */
    void insert(long id, long messageId, NewDelivery delivery, long atMillis) throws SQLException {
        insertDeliveryRow(id, messageId, delivery);
        if (delivery.state() != DeliveryState.QUEUED) {
            decide(id, delivery.state(), atMillis, delivery.reason());
            insertCodes(id, delivery.codes());
        }
    }

    /** Keeps what a held delivery waits for. */
    void insertCodes(long deliveryId, List<WaitingCode> codes) throws SQLException {
        for (int n = 0; n < codes.size(); n++) {
            WaitingCode code = codes.get(n);
            insertCode.setLong(1, deliveryId);
            insertCode.setInt(2, n);
            insertCode.setInt(3, names.number(code.table()));
            insertCode.setString(4, code.code());
            insertCode.setString(5, code.system());
            insertCode.setString(6, code.place());
            insertCode.executeUpdate();
        }
    }

    /** Takes the next ids for a message whose rows somebody else inserts in this transaction. */
    Ids takeIds(int deliveries) {
        long firstDelivery = lastDeliveryId + 1;
        lastDeliveryId += deliveries;
        return new Ids(++lastMessageId, firstDelivery);
    }

    /** Takes the next id for a delivery of a message that is stored already. */
    long takeDeliveryId() {
        return ++lastDeliveryId;
    }

    /** Ids of a stored message and of its first delivery. */
    record Ids(long message, long firstDelivery) {}

    private void insertMessageRow(long id, long firstDelivery, NewMessage message) throws SQLException {
        BusinessKeys keys = message.keys();
        insertMessage.setLong(1, id);
        insertMessage.setLong(2, message.receivedMillis());
        insertMessage.setInt(3, names.number(message.listener()));
        insertMessage.setInt(4, names.number(message.facility()));
        insertMessage.setString(5, message.remote());
        insertMessage.setInt(6, message.bytes().length);
        DuplicateKey duplicateKey = message.duplicateKey();
        if (duplicateKey == null) {
            insertMessage.setNull(7, Types.INTEGER);
            insertMessage.setNull(8, Types.INTEGER);
        } else {
            insertMessage.setLong(7, duplicateKey.identity());
            insertMessage.setLong(8, duplicateKey.content());
        }
        insertMessage.setString(9, keys.type());
        insertMessage.setString(10, keys.controlId());
        insertMessage.setString(11, keys.sender());
        insertMessage.setString(12, keys.patientId());
        insertMessage.setLong(13, firstDelivery);
        insertMessage.setInt(14, message.deliveries().size());
        insertMessage.setInt(15, message.ackForm());
        insertMessage.setInt(16, message.revision());
        insertMessage.setString(17, message.batch().isEmpty() ? null : message.batch());
        insertMessage.executeUpdate();
    }

    private void insertDeliveryRow(long id, long messageId, NewDelivery delivery) throws SQLException {
        insertDelivery.setLong(1, id);
        insertDelivery.setLong(2, messageId);
        insertDelivery.setInt(3, names.number(delivery.destination()));
        insertDelivery.setInt(4, delivery.keyHash());
        insertDelivery.setInt(5, delivery.state().code());
        byte[] payload = delivery.payload();
        if (payload == null) {
            insertDelivery.setNull(6, Types.BLOB);
            insertDelivery.setNull(7, Types.INTEGER);
        } else {
            insertDelivery.setBytes(6, payload);
            insertDelivery.setLong(7, Checksum.of(payload));
        }
        insertDelivery.executeUpdate();
    }

    /** Keeps input that is not a message and returns its id. */
    long insert(Quarantined input) throws SQLException {
        long id = ++lastQuarantineId;
        insertQuarantine.setLong(1, id);
        insertQuarantine.setLong(2, input.receivedMillis());
        insertQuarantine.setInt(3, names.number(input.listener()));
        insertQuarantine.setString(4, input.remote());
        insertQuarantine.setString(5, input.reason());
        insertQuarantine.setString(6, input.detail());
        insertQuarantine.setBytes(7, input.bytes());
        insertQuarantine.setLong(8, Checksum.of(input.bytes()));
        insertQuarantine.executeUpdate();
        return id;
    }

    void apply(Mark mark) throws SQLException {
        SendOutcome outcome = mark.outcome();
        if (outcome == null) {
            decide(mark.deliveryId(), mark.state(), mark.atMillis(), mark.reason());
        } else {
            attempted(mark, outcome);
        }
        // An attempt that leaves the delivery in its lane changes nothing in its row.
        if (mark.state() != DeliveryState.QUEUED || outcome == null) {
            updateState.setInt(1, mark.state().code());
            updateState.setLong(2, mark.deliveryId());
            if (updateState.executeUpdate() == 0) {
                LOG.warn("delivery {} was marked {}, but is not in the store", mark.deliveryId(), mark.state());
            }
        }
    }

    private void attempted(Mark mark, SendOutcome outcome) throws SQLException {
        insertAttempt.setLong(1, mark.deliveryId());
        insertAttempt.setInt(2, mark.attempt());
        insertAttempt.setLong(3, mark.atMillis());
        insertAttempt.setLong(4, mark.tookMillis());
        insertAttempt.setInt(5, mark.state().code());
        insertAttempt.setString(6, outcome.kind().key());
        insertAttempt.setString(7, outcome.detail());
        insertAttempt.setInt(8, mark.possibleDuplicate() ? 1 : 0);
        insertAttempt.setInt(9, outcome.outcomeUnknown() ? 1 : 0);
        insertAttempt.setBytes(10, outcome.answer());
        insertAttempt.executeUpdate();
    }

    private void decide(long deliveryId, DeliveryState state, long atMillis, String reason) throws SQLException {
        insertDecision.setLong(1, deliveryId);
        insertDecision.setLong(2, atMillis);
        insertDecision.setInt(3, state.code());
        insertDecision.setString(4, reason);
        insertDecision.executeUpdate();
    }

    /** A stored message's time and bytes, or null where retention has removed them. */
    @Nullable
    Stored find(long messageId) throws SQLException {
        selectStored.setLong(1, messageId);
        try (ResultSet row = selectStored.executeQuery()) {
            return row.next() ? new Stored(row.getLong(1), row.getBytes(2), row.getInt(3)) : null;
        }
    }

    /** A message as it stands in the file. */
    record Stored(long atMillis, byte[] bytes, int ackForm) {}

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement : List.of(
                insertMessage,
                insertBody,
                insertDelivery,
                insertQuarantine,
                insertCode,
                updateState,
                insertAttempt,
                insertDecision,
                selectStored)) {
            statement.close();
        }
    }
}
