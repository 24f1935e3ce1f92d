package org.khokahano.store.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.NewMessage.BusinessKeys;
import org.khokahano.store.archive.MessageSummary;
import org.khokahano.store.archive.StoredMessage;
import org.khokahano.store.archive.StoredMessage.HistoryEntry;
import org.khokahano.store.archive.StoredMessage.StoredDelivery;

/** Makes records of the journal's message rows. */
final class MessageReader {

    /** What {@link #summaries} expects, from the message table under the name m. */
    static final String COLUMNS = "m.id, m.at, m.listener, m.facility, m.remote, m.type, m.control_id,"
            + " m.sender, m.patient_id, m.size, m.origin, m.first_delivery, m.deliveries,"
            + " m.revision, coalesce(m.received, m.at), m.batch";

    private final Connection connection;
    private final NamesInStore names;

    /** A message row with the place of its deliveries. */
    private record Place(MessageSummary summary, long firstDelivery, int deliveries) {}

    MessageReader(Connection connection, NamesInStore names) {
        this.connection = connection;
        this.names = names;
    }

    /** Runs a query for {@link #COLUMNS} and adds each message's deliveries. */
    List<MessageSummary> summaries(String sql, List<Object> arguments) throws SQLException {
        List<MessageSummary> summaries = new ArrayList<>();
        for (Place place : Sql.list(connection, this::place, sql, arguments)) {
            summaries.add(withDeliveries(place));
        }
        return summaries;
    }

    Optional<MessageSummary> summary(long messageId) throws SQLException {
        return summaries("SELECT " + COLUMNS + " FROM message m WHERE m.id = ?", List.of(messageId)).stream()
                .findFirst();
    }

    /** A message whole; in one read transaction, so that states and histories fit together. */
    Optional<StoredMessage> message(long messageId) throws SQLException {
        connection.setAutoCommit(false);
        try {
            Optional<MessageSummary> summary = summary(messageId);
            if (summary.isEmpty()) {
                return Optional.empty();
            }
            List<byte[]> bytes = Sql.list(
                    connection,
                    row -> row.getBytes(1),
                    "SELECT bytes FROM body WHERE message_id = ?",
                    List.of(messageId));
            List<StoredDelivery> deliveries = new ArrayList<>();
            for (MessageSummary.Delivery delivery : summary.get().deliveries()) {
                deliveries.add(delivery(delivery));
            }
            return Optional.of(
                    new StoredMessage(summary.get(), bytes.isEmpty() ? null : bytes.get(0), List.copyOf(deliveries)));
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private Place place(ResultSet row) throws SQLException {
        MessageSummary summary = new MessageSummary(
                row.getLong(1),
                row.getLong(2),
                row.getLong(15),
                names.name(row.getInt(3)),
                names.name(row.getInt(4)),
                row.getString(5),
                new BusinessKeys(row.getString(6), row.getString(7), row.getString(8), row.getString(9)),
                row.getInt(10),
                row.getLong(11),
                row.getInt(14),
                Objects.requireNonNullElse(row.getString(16), ""),
                List.of());
        return new Place(summary, row.getLong(12), row.getInt(13));
    }

    private MessageSummary withDeliveries(Place place) throws SQLException {
        MessageSummary summary = place.summary();
        List<MessageSummary.Delivery> deliveries = Sql.list(
                connection,
                row -> new MessageSummary.Delivery(
                        row.getLong(1), names.name(row.getInt(2)), row.getInt(3), DeliveryState.ofCode(row.getInt(4))),
                "SELECT id, destination, key_hash, state FROM delivery WHERE id >= ? AND id < ? ORDER BY id",
                List.of(place.firstDelivery(), place.firstDelivery() + place.deliveries()));
        return new MessageSummary(
                summary.id(),
                summary.storedMillis(),
                summary.receivedMillis(),
                summary.listener(),
                summary.facility(),
                summary.remote(),
                summary.keys(),
                summary.size(),
                summary.originId(),
                summary.revision(),
                summary.batch(),
                deliveries);
    }

    private StoredDelivery delivery(MessageSummary.Delivery delivery) throws SQLException {
        List<Optional<byte[]>> payload = Sql.list(
                connection,
                row -> Optional.ofNullable(row.getBytes(1)),
                "SELECT payload FROM delivery WHERE id = ?",
                List.of(delivery.id()));
        return new StoredDelivery(
                delivery.id(),
                delivery.destination(),
                delivery.keyHash(),
                delivery.state(),
                payload.isEmpty() ? null : payload.get(0).orElse(null),
                List.copyOf(history(delivery.id())));
    }

    /** Attempts by their number, decisions by theirs; between the two wall time decides. */
    private List<HistoryEntry> history(long deliveryId) throws SQLException {
        List<HistoryEntry> entries = Sql.list(
                connection,
                row -> new HistoryEntry(
                        Math.max(0, row.getInt(1)),
                        row.getLong(2),
                        row.getLong(3),
                        DeliveryState.ofCode(row.getInt(4)),
                        row.getString(5),
                        row.getString(6),
                        row.getBoolean(7),
                        row.getBoolean(8),
                        row.getBytes(9)),
                "SELECT n, at, took, state, outcome, detail, repeat, unknown, answer FROM attempt"
                        + " WHERE delivery_id = ? ORDER BY abs(n), n",
                List.of(deliveryId));
        entries.sort(Comparator.comparingLong(HistoryEntry::atMillis));
        return entries;
    }
}
