package org.khokahano.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.khokahano.store.contract.Letters.NOON;
import static org.khokahano.store.contract.Letters.message;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.LaneBacklog;
import org.khokahano.store.LanePage;
import org.khokahano.store.LanePageRequest;
import org.khokahano.store.Mark;
import org.khokahano.store.NewDelivery;
import org.khokahano.store.QueuedDelivery;

/** What a store promises to lanes: marks, tries, pages, and how much is queued. */
public abstract class LaneContract extends StoreContract {

    @Test
    @DisplayName("P2 a mark survives the close, and what was delivered is not queued again")
    void shouldKeepMarksAcrossAClose() {
        session.append(message("1", "one", to("lis")));
        session.append(message("2", "two", to("lis")));
        await().until(() -> queue.ids().size() == 2);
        session.mark(delivered(queue.ids().get(0), 1));

        long left = queue.ids().get(1);
        reopen();

        assertThat(session.queued("lis")).extracting(QueuedDelivery::id).containsExactly(left);
    }

    @Test
    @DisplayName("P4 a mark that a crash swallowed leaves the delivery queued")
    void shouldFindADeliveryQueuedWhenItsMarkWasLost() throws IOException {
        session.append(message("1", "one", to("lis")));
        Path image = crashImage(directory);
        await().until(() -> queue.ids().size() == 1);
        session.mark(delivered(queue.ids().get(0), 1));

        reopen(image, StoreBounds.usual());

        assertThat(session.queued("lis")).hasSize(1);
    }

    @Test
    @DisplayName("P4 tries are counted, and an unknown end or a repetition is flagged for good")
    void shouldCountTriesAndRememberUnknownEnds() {
        session.append(message("1", "one", to("lis")));
        session.append(message("2", "two", to("lis")));
        session.append(message("3", "three", to("lis")));
        await().until(() -> queue.ids().size() == 3);
        List<Long> ids = queue.ids();
        session.mark(failed(ids.get(0), 1, true, false));
        session.mark(failed(ids.get(0), 2, false, false));
        session.mark(failed(ids.get(1), 1, false, false));
        session.mark(failed(ids.get(2), 1, false, true));

        reopen();

        assertThat(session.queued("lis")).extracting(QueuedDelivery::attempts).containsExactly(2, 1, 1);
        assertThat(session.queued("lis"))
                .extracting(QueuedDelivery::possibleDuplicate)
                .containsExactly(true, false, true);
    }

    @Test
    @DisplayName("P3 pages hold one lane's deliveries in order, within their limits, whatever the hash's sign")
    void shouldReadPagesOfSeveralLanes() {
        List<Integer> hashes = List.of(-7, -3, -1, 0, 1, 2, 5, Integer.MIN_VALUE, Integer.MAX_VALUE);
        for (int i = 0; i < 90; i++) {
            int hash = hashes.get(i % hashes.size());
            session.append(message("" + i, "payload" + i, NewDelivery.asReceived("lis", hash)));
        }
        int lanes = 4;
        int seen = 0;
        for (int lane = 0; lane < lanes; lane++) {
            LanePage all = session.page("lis", lanes, lane, 0, 1_000, 1 << 20);
            int number = lane;
            assertThat(all.deliveries()).extracting(QueuedDelivery::id).isSorted();
            assertThat(all.deliveries()).allMatch(d -> LanePageRequest.laneOf(d.keyHash(), lanes) == number);
            seen += all.deliveries().size();
            LanePage some = session.page("lis", lanes, lane, 0, 3, 1 << 20);
            assertThat(some.deliveries()).hasSize(3);
            LanePage next =
                    session.page("lis", lanes, lane, some.deliveries().get(2).id(), 3, 1 << 20);
            assertThat(next.deliveries().get(0).id())
                    .isEqualTo(all.deliveries().get(3).id());
            assertThat(session.page("lis", lanes, lane, 0, 100, 10).deliveries())
                    .hasSize(2);
        }
        assertThat(seen).isEqualTo(90);
    }

    @Test
    @DisplayName("P6 the backlog counts each lane and knows its oldest")
    void shouldCountTheBacklogOfEachLane() {
        session.append(message("one", null, NOON, NewDelivery.asReceived("lis", -1)));
        session.append(message("two", null, NOON + 1, NewDelivery.asReceived("lis", 0)));
        session.append(message("three", null, NOON + 2, NewDelivery.asReceived("lis", 2)));

        assertThat(session.store().backlog("lis", 2))
                .containsExactly(new LaneBacklog(2, NOON + 1), new LaneBacklog(1, NOON));
        assertThat(session.store().backlog("nowhere", 1)).containsExactly(new LaneBacklog(0, 0));
    }

    @Test
    @DisplayName("P2 a page after a skip leaves out what was skipped")
    void shouldLeaveOutWhatWasSkipped() {
        for (int i = 0; i < 5; i++) {
            session.append(message("" + i, "m" + i, to("lis")));
        }
        await().until(() -> queue.ids().size() == 5);
        long skipped = queue.ids().get(2);
        session.mark(Mark.decision(skipped, DeliveryState.SKIPPED, NOON, "by an operator"));

        await().untilAsserted(() -> assertThat(session.queued("lis"))
                .extracting(QueuedDelivery::id)
                .hasSize(4)
                .doesNotContain(skipped));
    }

    @Test
    @DisplayName("P2 a mapped payload is kept beside the received bytes, and a held delivery out of its lane")
    void shouldKeepPayloadsAndHeldDeliveries() {
        NewDelivery mapped = new NewDelivery("lis", 0, Letters.bytes("mapped"), DeliveryState.QUEUED, "");
        NewDelivery held = new NewDelivery("registry", 0, null, DeliveryState.HELD, "unmapped code");
        session.append(message("1", "one", mapped, held));
        await().until(() -> queue.ids().size() == 1);

        assertThat(queue.deliveries().get(0).payload()).isEqualTo(Letters.bytes("mapped"));
        reopen();
        assertThat(session.queued("lis").get(0).payload()).isEqualTo(Letters.bytes("mapped"));
        assertThat(session.queued("registry")).isEmpty();
    }
}
