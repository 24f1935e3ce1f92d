package org.khokahano.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.khokahano.store.contract.Letters.NOON;
import static org.khokahano.store.contract.Letters.key;
import static org.khokahano.store.contract.Letters.message;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.khokahano.store.AppendResult;
import org.khokahano.store.AppendResult.Outcome;
import org.khokahano.store.MessageStore;
import org.khokahano.store.NewMessage;
import org.khokahano.store.QueuedDelivery;
import org.khokahano.store.StoreException;
import org.khokahano.store.contract.MessageStoreContract;
import org.khokahano.store.contract.StoreBounds;
import org.khokahano.store.contract.StoreSession;

/** The contract over SQLite, and what only this store has. */
final class SqliteMessageStoreTest extends MessageStoreContract {

    @Override
    protected MessageStore open(Path place, StoreBounds bounds) {
        return SqliteStores.open(place, bounds);
    }

    @Override
    protected Path crashImage(Path place) throws IOException {
        return SqliteStores.crashImage(place);
    }

    private SqliteMessageStore sqlite() {
        return (SqliteMessageStore) session.store();
    }

    @Test
    @DisplayName("F24 a second engine on the directory is refused by name, and the first keeps its lock")
    void shouldRefuseASecondEngineOnTheDirectory() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> open(directory, StoreBounds.usual()))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("in use by this process itself");
        }
        assertThat(session.append(message("1", "one")).outcome()).isEqualTo(Outcome.STORED);
    }

    @Test
    @DisplayName("P4 a kill is remembered until nothing is queued that the killed process may have sent")
    void shouldRememberAKillWhileItsDeliveriesAreQueued() throws IOException {
        session.append(message("1", "one", to("lis")));
        Path image = crashImage(directory);
        assertThat(sqlite().wasClosedCleanly()).isTrue();

        try (StoreSession second = new StoreSession(open(image, StoreBounds.usual()))) {
            assertThat(((SqliteMessageStore) second.store()).wasClosedCleanly()).isFalse();
        }
        try (StoreSession third = new StoreSession(open(image, StoreBounds.usual()))) {
            assertThat(((SqliteMessageStore) third.store()).wasClosedCleanly()).isFalse();
            third.mark(delivered(third.queued("lis").get(0).id(), 1));
        }
        try (StoreSession fourth = new StoreSession(open(image, StoreBounds.usual()))) {
            assertThat(((SqliteMessageStore) fourth.store()).wasClosedCleanly()).isTrue();
        }
    }

    @Test
    @DisplayName("F13 what cannot be written is refused by itself, and the rest of its batch is stored")
    @SuppressWarnings("NullAway") // The broken message is the point.
    void shouldRefuseAloneWhatCannotBeWritten() {
        List<CompletableFuture<AppendResult>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            NewMessage good = message("" + i, "m" + i, to("lis"));
            NewMessage broken = new NewMessage(
                    "wards", "QMMH", null, good.bytes(), good.keys(), key("" + i, "m" + i), NOON, 1, List.of());
            answers.add(session.appendLater(i == 20 ? broken : good));
        }
        List<AppendResult> results = answers.stream().map(StoreSession::get).toList();

        assertThat(results.get(20).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(results).filteredOn(r -> r.outcome() == Outcome.STORED).hasSize(49);
        assertThat(results.stream().filter(r -> r.messageId() > 0).map(AppendResult::messageId))
                .isSorted();
        assertThat(session.append(message("20", "m20")).outcome()).isEqualTo(Outcome.STORED);
        assertThat(session.queued("lis")).hasSize(49);
    }

    @Test
    @DisplayName("F7 a delivery whose bytes changed on disk becomes a dead letter, and the rest is served")
    void shouldGiveUpADeliveryWhoseBytesChanged() throws SQLException {
        for (int i = 0; i < 3; i++) {
            session.append(message("" + i, "m" + i, to("lis")));
        }
        session.close();
        try (Connection connection = SqliteConnections.openWriter(directory.resolve("journal.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE body SET bytes = x'00' WHERE message_id = 1");
            statement.execute("DELETE FROM body WHERE message_id = 2");
            connection.commit();
        }
        reopen();

        assertThat(session.queued("lis")).extracting(QueuedDelivery::messageId).containsExactly(3L);
        await().untilAsserted(() ->
                assertThat(session.store().backlog("lis", 1)[0].depth()).isEqualTo(1));
    }

    @Test
    @DisplayName("F5 the log starts again after a burst, and gives back the room it took")
    void shouldKeepTheLogShortUnderLoad() throws IOException {
        reopen();
        byte[] large = new byte[1 << 20];
        List<CompletableFuture<AppendResult>> answers = new ArrayList<>();
        for (int i = 0; i < 240; i++) {
            answers.add(session.appendLater(new NewMessage(
                    "wards", "QMMH", "127.0.0.1", large, message("1", "1").keys(), null, NOON, 1, List.of())));
            StoreSession.get(answers.get(i));
        }
        Path log = directory.resolve("journal.db-wal");
        // The log is cut to its idle bound when it starts again, which takes one commit more
        // that writes something: a duplicate would not.
        await().untilAsserted(() -> {
            String fresh = "after-" + System.nanoTime();
            session.append(message(fresh, fresh));
            assertThat(Files.size(log)).isLessThanOrEqualTo(128L << 20);
        });
    }

    @Test
    @DisplayName("F5 a place that is a file, not a directory, is refused in clear words")
    void shouldRefuseAPlaceThatIsAFile() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "x");
        assertThatThrownBy(() -> open(file, StoreBounds.usual()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("a file of that name is in the way");
    }
}
