package org.khokahano.store.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.LaneBacklog;
import org.khokahano.store.LanePage;
import org.khokahano.store.LanePageRequest;
import org.khokahano.store.Mark;
import org.khokahano.store.QueuedDelivery;
import org.khokahano.store.StoreException;
import org.khokahano.store.fragment.FragmentReading;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what lanes have queued, on a thread and a connection of its own. */
final class LaneReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LaneReader.class);

    private static final String LANE = "((d.key_hash % ?2) + ?2) % ?2";

    private static final String PAGE = "SELECT d.id, d.message_id, d.key_hash,"
            + " coalesce(d.payload, b.bytes),"
            + " CASE WHEN d.payload IS NULL THEN b.crc ELSE d.crc END, coalesce(m.at, 0),"
            + " (SELECT count(*) FROM attempt a WHERE a.delivery_id = d.id AND a.n > 0),"
            // Sent to an unknown end once, or after a crash that may have hidden that: flagged for good.
            + " (SELECT coalesce(max(a.unknown | a.repeat), 0) FROM attempt a WHERE a.delivery_id = d.id)"
            + " FROM delivery d LEFT JOIN message m ON m.id = d.message_id"
            + " LEFT JOIN body b ON b.message_id = d.message_id"
            + " WHERE d.state = 2 AND d.destination = (SELECT id FROM name WHERE name = ?1)"
            + " AND d.id > ?4 AND " + LANE + " = ?3 ORDER BY d.id";

    private static final String BACKLOG = "SELECT " + LANE + ", count(*), min(d.id)"
            + " FROM delivery d WHERE d.state = 2"
            + " AND d.destination = (SELECT id FROM name WHERE name = ?1) AND d.id > ?3 AND d.id <= ?4 GROUP BY 1";

    private static final String RECEIVED =
            "SELECT m.at FROM delivery d JOIN message m ON m.id = d.message_id WHERE d.id = ?";

    private final Path file;
    private final Consumer<Mark> marks;
    private final Connection connection;
    private PreparedStatement page;
    private final ExecutorService thread;

    /**
     * @param marks takes what becomes of a delivery that cannot be read
     */
    LaneReader(Path file, Consumer<Mark> marks) throws SQLException {
        this.file = file;
        this.marks = marks;
        connection = SqliteConnections.openReader(file);
        page = connection.prepareStatement(PAGE);
        thread = Executors.newSingleThreadExecutor(task -> new Thread(task, "khoka-store-reader"));
    }

    void readPage(LanePageRequest request, SerialExecutor executor, Consumer<LanePage> consumer) {
        try {
            thread.execute(() -> {
                LanePage result = read(request);
                HandOver.to(executor, () -> consumer.accept(result));
            });
        } catch (RejectedExecutionException e) {
            HandOver.to(executor, () -> consumer.accept(LanePage.notNow()));
        }
    }

    /** Reads the fragments of a message. */
    void readFragments(long chain, SerialExecutor executor, Consumer<FragmentReading> then) {
        try {
            thread.execute(() -> {
                FragmentReading fragments = fragments(chain);
                HandOver.to(executor, () -> then.accept(fragments));
            });
        } catch (RejectedExecutionException e) {
            HandOver.to(executor, () -> then.accept(FragmentReading.notNow()));
        }
    }

    private FragmentReading fragments(long chain) {
        try {
            FragmentReading reading = FragmentRows.read(connection, chain);
            if (reading.state() == FragmentReading.State.DAMAGED) {
                LOG.error("the fragments of unfinished message {} are damaged; they go to quarantine", chain);
            }
            return reading;
        } catch (SQLException | RuntimeException | Error e) {
            prepareAgain(e);
            LOG.error("the fragments of unfinished message {} cannot be read", chain, e);
            return FragmentReading.notNow();
        }
    }

    private LanePage read(LanePageRequest request) {
        List<QueuedDelivery> deliveries = new ArrayList<>();
        List<Long> givenUp = new ArrayList<>();
        try {
            page.setString(1, request.destination());
            page.setInt(2, request.lanes());
            page.setInt(3, request.lane());
            page.setLong(4, request.afterId());
            try (ResultSet rows = page.executeQuery()) {
                long bytes = 0;
                while (deliveries.size() < request.limit() && bytes < request.maxBytes() && rows.next()) {
                    byte @Nullable [] payload = rows.getBytes(4);
                    long crc = rows.getLong(5);
                    Long stored = rows.wasNull() ? null : crc;
                    if (payload == null || !Checksum.matches(payload, stored)) {
                        giveUp(request, rows.getLong(1), payload == null ? "missing from" : "damaged in");
                        givenUp.add(rows.getLong(1));
                        continue;
                    }
                    bytes += payload.length;
                    deliveries.add(new QueuedDelivery(
                            rows.getLong(1),
                            rows.getLong(2),
                            payload,
                            rows.getInt(3),
                            rows.getInt(7),
                            rows.getLong(6),
                            0,
                            rows.getInt(8) != 0));
                }
            }
            return LanePage.of(deliveries, givenUp);
        } catch (SQLException | RuntimeException | Error e) {
            prepareAgain(e);
            if (!deliveries.isEmpty()) {
                // What comes before the damage goes out; the next page begins at it.
                return LanePage.of(deliveries, givenUp);
            }
            LOG.error(
                    "the queue of {} lane {} cannot be read behind delivery {}; it will be tried again after a"
                            + " growing wait. Other lanes go on. Verify the store; if it is damaged, skip that"
                            + " delivery or restore a backup",
                    request.destination(),
                    request.lane(),
                    request.afterId(),
                    e);
            return LanePage.unreadable(givenUp);
        }
    }

    /** The driver uses no statement again that failed; without this no lane could read any more. */
    private void prepareAgain(Throwable cause) {
        try {
            page.close();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
        try {
            page = connection.prepareStatement(PAGE);
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /** What cannot be sent as it came must neither block its lane nor vanish from it (F7). */
    private void giveUp(LanePageRequest request, long deliveryId, String state) {
        String reason = "its bytes are " + state + " the store";
        LOG.error("delivery {} to {} becomes a dead letter: {}", deliveryId, request.destination(), reason);
        marks.accept(Mark.decision(deliveryId, DeliveryState.DEAD_LETTER, System.currentTimeMillis(), reason));
    }

    LaneBacklog[] backlog(String destination, int lanes, long afterId, long lastId) {
        LaneBacklog[] backlog = new LaneBacklog[lanes];
        Arrays.fill(backlog, new LaneBacklog(0, 0));
        try (Connection own = SqliteConnections.openReader(file);
                PreparedStatement count = own.prepareStatement(BACKLOG);
                PreparedStatement received = own.prepareStatement(RECEIVED)) {
            count.setString(1, destination);
            count.setInt(2, lanes);
            count.setLong(3, afterId);
            count.setLong(4, lastId);
            try (ResultSet rows = count.executeQuery()) {
                while (rows.next()) {
                    long oldest = receivedMillis(received, rows.getLong(3));
                    backlog[rows.getInt(1)] = new LaneBacklog(rows.getLong(2), oldest);
                }
            }
            return backlog;
        } catch (SQLException e) {
            throw new StoreException("the queue of " + destination + " cannot be read", e);
        }
    }

    private static long receivedMillis(PreparedStatement received, long deliveryId) throws SQLException {
        received.setLong(1, deliveryId);
        try (ResultSet row = received.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    @Override
    public void close() throws SQLException {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(30, TimeUnit.SECONDS)) {
                LOG.warn("a read of the store did not end within 30 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connection.close();
        }
    }
}
