package org.khokahano.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Moves batches from the journal into the index, each in one transaction with the watermark. A batch
 * is a handful of statements, whatever its size, since rows need not pass through Java.
 */
final class IndexWriter implements AutoCloseable {

    private final Connection connection;
    private final PreparedStatement selectEnd;
    private final PreparedStatement selectDeliveries;
    private final PreparedStatement selectNewest;
    private final List<PreparedStatement> inserts = new ArrayList<>();
    private final List<PreparedStatement> deletes = new ArrayList<>();
    private final PreparedStatement insertDestinations;
    private final PreparedStatement deleteDestinations;
    private final PreparedStatement insertPeriods;
    private final PreparedStatement deletePeriods;
    private final PreparedStatement update;
    private long lastId;

    IndexWriter(Connection connection) throws SQLException {
        this.connection = connection;
        selectEnd = connection.prepareStatement(
                "SELECT max(id), min(id) FROM (SELECT id FROM journal.message" + " WHERE id > ? ORDER BY id LIMIT ?)");
        selectDeliveries = connection.prepareStatement("SELECT f.first_delivery, l.first_delivery + l.deliveries"
                + " FROM journal.message f, journal.message l WHERE f.id = ? AND l.id = ?");
        selectNewest = connection.prepareStatement("SELECT max(id) FROM journal.message");
        for (String column : IndexFile.MESSAGE_COLUMNS) {
            inserts.add(connection.prepareStatement("INSERT INTO main.by_" + column + " SELECT " + column
                    + ", id FROM journal.message WHERE id > ? AND id <= ? AND " + column + " <> '' ORDER BY 1, 2"));
            deletes.add(connection.prepareStatement("DELETE FROM main.by_" + column
                    + " WHERE id = ?1 AND value = (SELECT " + column + " FROM journal.message WHERE id = ?1)"));
        }
        insertDestinations = connection.prepareStatement("INSERT OR IGNORE INTO main.by_destination SELECT"
                + " destination, message_id FROM journal.delivery WHERE id >= ? AND id < ? ORDER BY 1, 2");
        deleteDestinations = connection.prepareStatement("DELETE FROM main.by_destination WHERE (value, id) IN"
                + " (SELECT d.destination, m.id FROM journal.message m JOIN journal.delivery d ON"
                + " d.id >= m.first_delivery AND d.id < m.first_delivery + m.deliveries WHERE m.id = ?)");
        insertPeriods = connection.prepareStatement("INSERT INTO main.period SELECT at / "
                + IndexFile.PERIOD_MILLIS + ", min(id), max(id) FROM journal.message WHERE id > ? AND id <= ?"
                + " GROUP BY 1 ON CONFLICT (start) DO UPDATE SET low_id = min(low_id, excluded.low_id),"
                + " high_id = max(high_id, excluded.high_id)");
        deletePeriods = connection.prepareStatement(
                "DELETE FROM main.period WHERE high_id <" + " (SELECT min(id) FROM journal.message)");
        update = connection.prepareStatement("UPDATE main.progress SET (last_id, at, control_id) ="
                + " (SELECT id, at, control_id FROM journal.message WHERE id = ?)");
        try (PreparedStatement select = connection.prepareStatement("SELECT last_id FROM main.progress");
                ResultSet row = select.executeQuery()) {
            lastId = row.next() ? row.getLong(1) : 0;
        }
        connection.rollback();
    }

    /** The last message that is in the index. */
    long lastId() {
        return lastId;
    }

    /** The newest message in the journal, 0 where there is none. */
    long newestId() throws SQLException {
        try (ResultSet row = selectNewest.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        } finally {
            connection.rollback();
        }
    }

    /**
     * Takes the next messages into the index.
     *
     * @param limit at most so many
     * @return false where there was nothing to take
     */
    boolean takeNext(int limit) throws SQLException {
        try {
            selectEnd.setLong(1, lastId);
            selectEnd.setInt(2, limit);
            long last;
            long first;
            try (ResultSet row = selectEnd.executeQuery()) {
                last = row.next() ? row.getLong(1) : 0;
                first = row.getLong(2);
            }
            if (last == 0) {
                return false;
            }
            takeMessages(last);
            takeDeliveries(first, last);
            connection.commit();
            lastId = last;
            return true;
        } finally {
            // After a commit there is nothing to roll back; otherwise this ends the read of the journal.
            connection.rollback();
        }
    }

    private void takeMessages(long last) throws SQLException {
        for (PreparedStatement insert : inserts) {
            insert.setLong(1, lastId);
            insert.setLong(2, last);
            insert.executeUpdate();
        }
        insertPeriods.setLong(1, lastId);
        insertPeriods.setLong(2, last);
        insertPeriods.executeUpdate();
        update.setLong(1, last);
        update.executeUpdate();
    }

    private void takeDeliveries(long first, long last) throws SQLException {
        selectDeliveries.setLong(1, first);
        selectDeliveries.setLong(2, last);
        try (ResultSet row = selectDeliveries.executeQuery()) {
            if (row.next()) {
                insertDestinations.setLong(1, row.getLong(1));
                insertDestinations.setLong(2, row.getLong(2));
                insertDestinations.executeUpdate();
            }
        }
    }

    /** Takes messages out of the index that retention is about to take out of the journal. */
    void remove(List<Long> messageIds) throws SQLException {
        try {
            for (long id : messageIds) {
                for (PreparedStatement delete : deletes) {
                    delete.setLong(1, id);
                    delete.executeUpdate();
                }
                deleteDestinations.setLong(1, id);
                deleteDestinations.executeUpdate();
            }
            deletePeriods.executeUpdate();
            connection.commit();
        } finally {
            connection.rollback();
        }
    }

    /** Gives pages that removals freed back to the disk. */
    void shrink(int pages) throws SQLException {
        FreePages.release(connection, "main", pages);
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
