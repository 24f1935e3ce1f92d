package org.khokahano.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;

/** The three ledgers, compared: the sender's, the receiver's, and what the engine's store says. */
final class Ledgers {

    private final Facility facility;
    private final RecordingSink sink;

    Ledgers(Facility facility, RecordingSink sink) {
        this.facility = facility;
        this.sink = sink;
    }

    /** Waits until everything acknowledged has been delivered. */
    Ledgers awaitDelivered(Duration time) {
        Awaitility.await("all that was acknowledged to be delivered")
                .atMost(time)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> sink.count() >= facility.acknowledged().size()
                        && sink.controlIds().containsAll(facility.acknowledged()));
        return this;
    }

    /** P1 and P2: nothing lost, nothing unexpected. */
    Ledgers checkLoss() {
        Set<String> delivered = sink.controlIds();
        Set<String> lost = new TreeSet<>(facility.acknowledged());
        lost.removeAll(delivered);
        assertThat(lost).as("lost: acknowledged and not delivered").isEmpty();
        Set<String> unexpected = new TreeSet<>(delivered);
        unexpected.removeAll(facility.sent().keySet());
        assertThat(unexpected).as("unexpected: delivered and not sent").isEmpty();
        return this;
    }

    /** P1 to P4: nothing lost, nothing unexpected, nothing changed, first deliveries in order. */
    Ledgers check() {
        checkLoss();
        List<String> outOfOrder = new ArrayList<>();
        Map<String, Integer> last = new HashMap<>();
        Set<String> seen = new HashSet<>();
        for (byte[] message : sink.received()) {
            String id = Frames.field(message, "MSH", 10);
            assertThat(message)
                    .as("the bytes of %s", id)
                    .isEqualTo(facility.sent().get(id));
            if (seen.add(id)) {
                String[] parts = id.split("\\.");
                int number = Integer.parseInt(parts[1]);
                if (number != last.getOrDefault(parts[0], -1) + 1) {
                    outOfOrder.add(id);
                }
                last.put(parts[0], number);
            }
        }
        assertThat(outOfOrder).as("first deliveries out of a patient's order").isEmpty();
        return this;
    }

    /** Control ids that the sink got more than once. */
    Set<String> repeated() {
        Set<String> seen = new HashSet<>();
        Set<String> repeated = new TreeSet<>();
        for (byte[] message : sink.received()) {
            String id = Frames.field(message, "MSH", 10);
            if (!seen.add(id)) {
                repeated.add(id);
            }
        }
        return repeated;
    }

    /** The store of an engine that has ended: each message once, all delivered, repetitions flagged. */
    void checkStore(Path data) {
        checkStore(data, 1);
    }

    /** As {@link #checkStore(Path)}, where each message goes to the given number of destinations. */
    void checkStore(Path data, int destinations) {
        Map<String, Integer> deliveries = new HashMap<>();
        Set<String> stored = new HashSet<>();
        Set<String> flagged = new HashSet<>();
        List<String> open = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + journal(data));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT m.control_id, d.state,"
                        + " (SELECT max(a.repeat) FROM attempt a WHERE a.delivery_id = d.id)"
                        + " FROM message m JOIN delivery d ON d.message_id = m.id")) {
            while (rows.next()) {
                String id = rows.getString(1);
                stored.add(id);
                deliveries.merge(id, 1, Integer::sum);
                if (rows.getInt(2) != 3) {
                    open.add(id);
                }
                if (rows.getInt(3) == 1) {
                    flagged.add(id);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        assertThat(deliveries.values()).as("each is stored once").containsOnly(destinations);
        // Sets, since looking each one up in the other takes minutes for tens of thousands.
        Set<String> lost = new TreeSet<>(facility.acknowledged());
        lost.removeAll(stored);
        assertThat(lost).as("acknowledged and not stored").isEmpty();
        assertThat(open).as("not delivered according to the store").isEmpty();
        Set<String> unflagged = repeated();
        unflagged.removeAll(flagged);
        assertThat(unflagged).as("delivered again and not flagged").isEmpty();
    }

    private static Path journal(Path data) {
        try (var files = java.nio.file.Files.list(data)) {
            return files.filter(Ledgers::isJournal).findFirst().orElseThrow();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** A SQLite file that carries the journal's application id, "KHOK", at its place in the header. */
    private static boolean isJournal(Path file) {
        try (var in = java.nio.file.Files.newInputStream(file)) {
            byte[] header = in.readNBytes(72);
            return header.length == 72 && new String(header, 68, 4, StandardCharsets.US_ASCII).equals("KHOK");
        } catch (java.io.IOException e) {
            return false;
        }
    }
}
