package org.khokahano.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.send.OutcomeKind;
import org.khokahano.store.AppendResult;
import org.khokahano.store.AppendResult.Outcome;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.LanePage;
import org.khokahano.store.LanePageRequest;
import org.khokahano.store.PausedDestination;
import org.khokahano.store.QueuedDelivery;
import org.khokahano.store.Resend;
import org.khokahano.store.archive.MessageQuery;
import org.khokahano.store.archive.MessageSummary;
import org.khokahano.store.archive.StoredMessage;
import org.khokahano.store.archive.StoredMessage.HistoryEntry;
import org.khokahano.store.archive.StoredMessage.StoredDelivery;

@Tag("disk")
class OperatorActionsTest {

    @TempDir
    Path directory;

    @Test
    @DisplayName("a dead letter is sent again with the same bytes at the end of its lane, and names its origin")
    void shouldQueueTheSameBytesAtTheEndWhenADeadLetterIsResent() {
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            long message = fixture.append(fixture.message("C1", "P1", "ADT^A01", 1, fixture.to("nrl-lis")));
            fixture.append(fixture.message("C2", "P1", "ADT^A01", 2, fixture.to("nrl-lis")));
            fixture.mark(1, DeliveryState.DEAD_LETTER, OutcomeKind.AE, "refused", 1, 3);
            fixture.settle();

            AppendResult result = resend(fixture, message, 1, null);

            assertThat(result.outcome()).isEqualTo(Outcome.STORED);
            List<QueuedDelivery> queued = fixture.queue.deliveries;
            assertThat(queued).extracting(QueuedDelivery::id).containsExactly(1L, 2L, 3L);
            assertThat(queued.get(2).payload()).isEqualTo(queued.get(0).payload());
            assertThat(queued.get(2).keyHash()).isEqualTo(queued.get(0).keyHash());
            assertThat(queued.get(2).possibleDuplicate()).isFalse();
            StoredMessage again = fixture.archive.message(result.messageId()).orElseThrow();
            assertThat(again.summary().originId()).isEqualTo(message);
            assertThat(again.summary().keys().controlId()).isEqualTo("C1");
            assertThat(again.bytes()).isEqualTo(queued.get(0).payload());
            StoredDelivery old =
                    fixture.archive.message(message).orElseThrow().deliveries().get(0);
            assertThat(old.state()).isEqualTo(DeliveryState.RESENT);
            assertThat(old.history()).extracting(HistoryEntry::attempt).containsExactly(1, 0);
            assertThat(old.history().get(1).detail()).contains("delivery 3 of message 3", "thabo", "partner mended");
            assertThat(fixture.archive
                            .search(MessageQuery.all(10).withControlId("C1"))
                            .messages())
                    .extracting(MessageSummary::id)
                    .containsExactly(3L, 1L);
        }
    }

    @Test
    @DisplayName("what may have reached the partner is flagged when it is sent again, after a restart too (R29)")
    void shouldFlagAPossibleDuplicateWhenTheOldDeliveryMayHaveArrived() {
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            fixture.append(fixture.message("C1", "", "ADT^A01", 1, fixture.to("nrl-lis")));
            fixture.append(fixture.message("C2", "", "ADT^A01", 1, fixture.to("nrl-lis")));
            fixture.mark(1, DeliveryState.DEAD_LETTER, OutcomeKind.TIMEOUT, "no answer", 1, 3);
            fixture.mark(2, DeliveryState.DELIVERED, OutcomeKind.AA, "", 1, 3);
            fixture.settle();
            resend(fixture, 1, 1, null);
            resend(fixture, 2, 2, null);
            assertThat(fixture.queue.deliveries)
                    .extracting(QueuedDelivery::possibleDuplicate)
                    .containsExactly(false, false, true, true);
            assertThat(state(fixture, 2)).isEqualTo(DeliveryState.DELIVERED);
        }
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            assertThat(fixture.store.backlog("nrl-lis", 1)[0].depth()).isEqualTo(2);
            CompletableFuture<LanePage> page = new CompletableFuture<>();
            fixture.store.readPage(
                    new LanePageRequest("nrl-lis", 1, 0, 0, 10, 1_000_000), ArchiveFixture.Direct.HERE, page::complete);
            assertThat(page.join().deliveries())
                    .allMatch(QueuedDelivery::possibleDuplicate)
                    .extracting(QueuedDelivery::attempts)
                    .containsExactly(0, 0);
        }
    }

    @Test
    void shouldRefuseAndChangeNothingWhenADeliveryCannotBeMadeAgain() {
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            long queued = fixture.append(fixture.message("C1", "", "ADT^A01", 1, fixture.to("nrl-lis")));
            fixture.append(fixture.message("C2", "", "ADT^A01", 1, fixture.to("gone")));
            fixture.mark(2, DeliveryState.DEAD_LETTER, OutcomeKind.AE, "", 1, 3);
            fixture.append(fixture.message("C3", "", "ADT^A01", 1, fixture.to("nrl-lis")));
            fixture.mark(3, DeliveryState.DEAD_LETTER, OutcomeKind.AE, "", 1, 3);
            fixture.settle();
            assertThat(resend(fixture, queued, 1, null).reason()).contains("in its lane still");
            assertThat(resend(fixture, 2, 2, null).reason()).contains("no destination 'gone'");
            assertThat(resend(fixture, 3, 99, null).reason()).contains("no delivery 99");
            assertThat(resend(fixture, 77, 1, null).reason()).contains("no message 77");
            assertThat(resend(fixture, 3, 3, null).outcome()).isEqualTo(Outcome.STORED);
            assertThat(resend(fixture, 3, 3, null).reason()).contains("sent again already");
            assertThat(fixture.queue.deliveries).hasSize(3);
            assertThat(fixture.archive.search(MessageQuery.all(10)).messages()).hasSize(4);
        }
    }

    @Test
    void shouldSendTheMendedBytesWhenAHeldDeliveryIsReleased() {
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            long message = fixture.append(fixture.message(
                    "C1", "", "ADT^A01", 1, fixture.heldTo("nrl-lis", "no code for it"), fixture.to("b")));
            fixture.mark(2, DeliveryState.DELIVERED, OutcomeKind.AA, "", 1, 3);
            fixture.settle();
            assertThat(fixture.queue.deliveries).hasSize(1);

            assertThat(resend(fixture, message, 1, new byte[] {1, 2, 3}).reason())
                    .isEmpty();

            assertThat(fixture.queue.deliveries.get(1).payload()).containsExactly(1, 2, 3);
            assertThat(state(fixture, message)).isEqualTo(DeliveryState.RESENT);
            Resend whole = new Resend(message, List.of(), "thabo", "all of it", 9);
            ArchiveFixture.Result result = new ArchiveFixture.Result();
            fixture.store.resend(whole, result);
            assertThat(fixture.archive
                            .message(result.result().messageId())
                            .orElseThrow()
                            .deliveries())
                    .extracting(StoredDelivery::destination)
                    .containsExactly("b");
        }
    }

    @Test
    void shouldStillBePausedWhenTheStoreIsOpenedAgain() {
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            pause(fixture, "nrl-lis", true);
            pause(fixture, "registry", true);
            pause(fixture, "registry", false);
        }
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            assertThat(fixture.store.pausedDestinations())
                    .containsExactly(new PausedDestination("nrl-lis", 5, "thabo: partner is moving"));
        }
    }

    private static void pause(ArchiveFixture fixture, String destination, boolean paused) {
        ArchiveFixture.Result result = new ArchiveFixture.Result();
        fixture.store.setPaused(destination, paused, "thabo: partner is moving", 5, result);
        assertThat(result.result().outcome()).isEqualTo(Outcome.STORED);
    }

    private static AppendResult resend(
            ArchiveFixture fixture, long messageId, long deliveryId, byte @Nullable [] payload) {
        ArchiveFixture.Result result = new ArchiveFixture.Result();
        List<Resend.Item> items = List.of(new Resend.Item(deliveryId, payload));
        fixture.store.resend(new Resend(messageId, items, "thabo", "partner mended", 9), result);
        AppendResult resent = result.result();
        // Queues are told after completions: what a later commit reports follows both.
        fixture.settle();
        return resent;
    }

    private static DeliveryState state(ArchiveFixture fixture, long messageId) {
        return fixture.archive
                .message(messageId)
                .orElseThrow()
                .deliveries()
                .get(0)
                .state();
    }
}
