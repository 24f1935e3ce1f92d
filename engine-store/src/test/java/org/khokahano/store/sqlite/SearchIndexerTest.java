package org.khokahano.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.event.EngineEvents;
import org.khokahano.store.NewMessage;
import org.khokahano.store.archive.MessageQuery;
import org.khokahano.store.archive.MessageSummary;

@Tag("disk")
class SearchIndexerTest {

    @TempDir
    Path directory;

    @Test
    void shouldCatchUpWhenMessagesWereStoredWithoutIt() throws SQLException {
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            fill(fixture, 0, 1_200);
            fixture.awaitIndex();
        }
        SqliteStoreSettings settings = SqliteStoreSettings.in(directory);
        try (SqliteMessageStore store = SqliteMessageStore.open(settings, new EngineEvents() {})) {
            for (int i = 1_200; i < 4_000; i++) {
                ArchiveFixture.Result result = new ArchiveFixture.Result();
                store.append(ArchiveFixture.message("ward", "QMMH", "C" + i, "", "ADT^A01", i, 0), result);
                if (i == 3_999) {
                    result.result();
                }
            }
        }
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            fixture.awaitIndex();
            assertThat(rows(directory, "by_control_id")).isEqualTo(4_000);
            assertFinds(fixture, "C17");
            assertFinds(fixture, "C3990");
        }
    }

    @Test
    void shouldBeBuiltAgainWhenTheFileIsMissing() throws IOException, SQLException {
        fillAndClose();
        Files.delete(directory.resolve("index.db"));
        assertBuiltAgain();
    }

    @Test
    void shouldBeBuiltAgainWhenTheFileIsNoDatabase() throws IOException, SQLException {
        fillAndClose();
        Files.write(
                directory.resolve("index.db"),
                "not a database, but long enough to be looked at as one"
                        .repeat(100)
                        .getBytes(StandardCharsets.US_ASCII));
        assertBuiltAgain();
    }

    @Test
    void shouldBeBuiltAgainWhenTheFileIsOfAnotherVersion() throws SQLException {
        fillAndClose();
        change("PRAGMA user_version = 99");
        assertBuiltAgain();
    }

    @Test
    void shouldBeBuiltAgainWhenItWasMadeFromAnotherJournal() throws SQLException {
        fillAndClose();
        change("UPDATE progress SET at = 77");
        assertBuiltAgain();
    }

    @Test
    void shouldBeBuiltAgainWhenAPageTurnsOutToBeDamagedWhileItIsUsed() throws Exception {
        fillAndClose();
        // All pages but the first, so that the file opens and fails when it is read.
        Path file = directory.resolve("index.db");
        byte[] bytes = Files.readAllBytes(file);
        byte[] head = Arrays.copyOf(bytes, bytes.length);
        Arrays.fill(head, 3 * 4_096, bytes.length, (byte) 0x5a);
        Files.write(file, head, StandardOpenOption.TRUNCATE_EXISTING);
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            fill(fixture, 2_000, 2_001);
            await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(() -> {
                assertFinds(fixture, "C17");
                assertThat(fixture.archive.indexLag()).isZero();
            });
            fixture.awaitIndex();
            assertThat(rows(directory, "by_control_id")).isEqualTo(2_001);
        }
    }

    private void fillAndClose() {
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            fill(fixture, 0, 2_000);
            fixture.awaitIndex();
        }
    }

    private void assertBuiltAgain() throws SQLException {
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            assertFinds(fixture, "C17");
            fixture.awaitIndex();
            assertThat(rows(directory, "by_control_id")).isEqualTo(2_000);
            assertThat(rows(directory, "by_destination")).isEqualTo(2_000);
            assertFinds(fixture, "C17");
            assertFinds(fixture, "C1999");
        }
    }

    private static void fill(ArchiveFixture fixture, int from, int to) {
        List<NewMessage> messages = new ArrayList<>();
        for (int i = from; i < to; i++) {
            messages.add(fixture.message("C" + i, "P" + i, "ADT^A01", 1_000 + i, fixture.to("nrl-lis")));
        }
        fixture.appendAll(messages);
    }

    private static void assertFinds(ArchiveFixture fixture, String controlId) {
        assertThat(fixture.archive
                        .search(MessageQuery.all(10).withControlId(controlId))
                        .messages())
                .extracting(MessageSummary::id)
                .containsExactly(Long.parseLong(controlId.substring(1)) + 1);
    }

    private void change(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("index.db"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static long rows(Path directory, String table) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("index.db"))) {
            return Sql.number(connection, 0, "SELECT count(*) FROM " + table);
        }
    }
}
