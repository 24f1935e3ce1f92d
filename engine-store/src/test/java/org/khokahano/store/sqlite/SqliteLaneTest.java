package org.khokahano.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.khokahano.store.contract.Letters.message;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.khokahano.store.LanePage;
import org.khokahano.store.LanePage.Reading;
import org.khokahano.store.MessageStore;
import org.khokahano.store.QueuedDelivery;
import org.khokahano.store.contract.LaneContract;
import org.khokahano.store.contract.StoreBounds;

/** The promises to lanes over SQLite. */
final class SqliteLaneTest extends LaneContract {

    @Override
    protected MessageStore open(Path place, StoreBounds bounds) {
        return SqliteStores.open(place, bounds);
    }

    @Override
    protected Path crashImage(Path place) throws IOException {
        return SqliteStores.crashImage(place);
    }

    @Test
    @DisplayName("F7 a damaged page stops its lane alone, and only there: what comes before it goes out")
    void shouldReadUpToADamagedPageAndOtherLanesOn() throws IOException {
        String filling = "x".repeat(3_000);
        for (int i = 0; i < 20; i++) {
            session.append(message("" + i, "marker" + i + "!" + filling, to(i == 15 ? "registry" : "lis")));
        }
        session.close();
        damagePageOf("marker10!");
        reopen();

        LanePage first = session.page("lis", 1, 0, 0, 100, 1 << 20);
        assertThat(first.failed()).isFalse();
        assertThat(first.deliveries()).extracting(QueuedDelivery::messageId).startsWith(1L, 2L, 3L);
        long last = first.deliveries().get(first.deliveries().size() - 1).id();
        assertThat(last).isBetween(7L, 10L);
        assertThat(session.page("lis", 1, 0, last, 100, 1 << 20).reading()).isEqualTo(Reading.UNREADABLE);
        assertThat(session.page("lis", 1, 0, last, 100, 1 << 20).reading()).isEqualTo(Reading.UNREADABLE);
        LanePage other = session.page("registry", 1, 0, 0, 100, 1 << 20);
        assertThat(other.reading()).isEqualTo(Reading.DONE);
        assertThat(other.deliveries()).hasSize(1);
    }

    /** Destroys the head of the page, so that SQLite knows that it is damaged. */
    private void damagePageOf(String marker) throws IOException {
        Path journal = directory.resolve("journal.db");
        byte[] file = Files.readAllBytes(journal);
        int at = new String(file, StandardCharsets.ISO_8859_1).indexOf(marker);
        assertThat(at).isPositive();
        Arrays.fill(file, at / 4_096 * 4_096, at / 4_096 * 4_096 + 16, (byte) 0xEE);
        Files.write(journal, file);
    }
}
