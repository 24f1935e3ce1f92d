package org.khokahano.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.loop.EngineClock;
import org.khokahano.send.OutcomeKind;
import org.khokahano.store.AppendResult;
import org.khokahano.store.AppendResult.Outcome;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.NewDelivery;
import org.khokahano.store.QueuedDelivery;
import org.khokahano.store.Release;
import org.khokahano.store.Resend;
import org.khokahano.store.StillHeld;
import org.khokahano.store.WaitingCode;
import org.khokahano.store.archive.StoredMessage;
import org.khokahano.store.archive.UnmappedPage;
import org.khokahano.store.archive.WaitingCount;
import org.khokahano.store.archive.WaitingDelivery;

@Tag("disk")
class HeldDeliveriesTest {

    private static final WaitingCode HB = new WaitingCode("tests", "HB", "L", "OBX[1]-3");
    private static final WaitingCode VL = new WaitingCode("tests", "VL", "", "OBX[2]-3");
    private static final byte[] MAPPED = "mapped".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path directory;

    @Test
    @DisplayName("a held delivery is never sent as it is stored: its partner would get what was received")
    void shouldRefuseToResendAHeldDeliveryThatWasNeverMade() {
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            long message = fixture.append(fixture.message("C1", "", "ORU^R01", 1, fixture.heldTo("json", "no code")));
            ArchiveFixture.Result result = new ArchiveFixture.Result();
            fixture.store.resend(
                    new Resend(message, List.of(Resend.Item.asStored(1)), "thabo", "partner mended", 9), result);
            assertThat(result.result().reason()).contains("delivery 1 is held").contains("reprocess");
            fixture.settle();
            assertThat(fixture.queue.deliveries).isEmpty();
            assertThat(state(fixture, message)).isEqualTo(DeliveryState.HELD);
        }
    }

    @Test
    @DisplayName("the codes that deliveries wait for are kept with them, listed by sender, and there after a restart")
    void shouldListWhatDeliveriesWaitForWhenTheStoreIsOpenedAgain() {
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            fixture.append(fixture.message("C1", "", "ORU^R01", 10, waiting("lis", HB, VL), fixture.to("a")));
            fixture.append(fixture.message("C2", "", "ORU^R01", 20, waiting("lis", HB)));
            fixture.append(ArchiveFixture.message("lab", "MAFE", "C3", "", "ORU^R01", 30, 0, waiting("lis", HB)));
            fixture.append(fixture.message("C4", "", "ORU^R01", 40, fixture.heldTo("lis", "failed")));
        }
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            UnmappedPage page = fixture.archive.unmapped(null, null, 10);
            assertThat(page.complete()).isTrue();
            assertThat(page.entries())
                    .extracting(
                            UnmappedPage.Entry::listener,
                            UnmappedPage.Entry::facility,
                            UnmappedPage.Entry::sender,
                            UnmappedPage.Entry::code,
                            UnmappedPage.Entry::deliveries,
                            UnmappedPage.Entry::firstMillis,
                            UnmappedPage.Entry::lastMillis)
                    .containsExactly(
                            tuple("ward", "QMMH", "EHR|QMMH", "HB", 2L, 10L, 20L),
                            tuple("lab", "MAFE", "EHR|MAFE", "HB", 1L, 30L, 30L),
                            tuple("ward", "QMMH", "EHR|QMMH", "VL", 1L, 10L, 10L));
            assertThat(page.entries().get(0).examples())
                    .containsExactly(
                            new UnmappedPage.Example(2, 3, "OBX[1]-3"), new UnmappedPage.Example(1, 1, "OBX[1]-3"));
            assertThat(fixture.archive.unmapped("tests", "VL", 10).entries()).hasSize(1);
            assertThat(fixture.archive.unmapped("wards", null, 10).entries()).isEmpty();
            assertThat(fixture.archive.unmapped(null, null, 2).complete()).isFalse();
            assertThat(fixture.archive.waitingCounts()).containsExactly(new WaitingCount("tests", 2, 3));
            assertThat(fixture.archive.waiting(0, 2))
                    .extracting(WaitingDelivery::id, WaitingDelivery::codes)
                    .containsExactly(tuple(1L, List.of(HB, VL)), tuple(3L, List.of(HB)));
            assertThat(fixture.archive.waiting(3, 2))
                    .extracting(WaitingDelivery::id)
                    .containsExactly(4L);
        }
    }

    @Test
    @DisplayName("what is released goes out once, as planned, and is planned by the first receipt ever after")
    void shouldReleaseOnceWithWhatTheNewPlanSays() {
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            long message = fixture.append(fixture.message("C1", "", "ORU^R01", 10, waiting("lis", HB)));
            AppendResult released = release(fixture, message, 1);
            assertThat(released.outcome()).isEqualTo(Outcome.STORED);
            assertThat(release(fixture, message, 1).reason()).contains("not held any more");
            assertThat(fixture.queue.deliveries).hasSize(1);
            QueuedDelivery queued = fixture.queue.deliveries.get(0);
            assertThat(queued.payload()).isEqualTo(MAPPED);
            assertThat(queued.possibleDuplicate()).isFalse();
            StoredMessage again = fixture.archive.message(released.messageId()).orElseThrow();
            assertThat(again.summary().originId()).isEqualTo(message);
            assertThat(again.summary().revision()).isEqualTo(7);
            assertThat(again.summary().storedMillis()).isEqualTo(99);
            assertThat(again.summary().receivedMillis()).isEqualTo(10);
            assertThat(state(fixture, message)).isEqualTo(DeliveryState.RESENT);
            assertThat(fixture.archive.waiting(0, 10)).isEmpty();
            assertThat(fixture.archive.unmapped(null, null, 10).entries()).isEmpty();
        }
    }

    @Test
    @DisplayName("what stays held waits for its new codes, and its reason is said once")
    void shouldKeepTheNewCodesWhenItStaysHeld() {
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            long message = fixture.append(fixture.message("C1", "", "ORU^R01", 10, waiting("lis", HB)));
            for (int time = 0; time < 3; time++) {
                keep(fixture, new StillHeld(1, "no row for VL's place", List.of(VL), 20 + time));
            }
            StoredMessage stored = fixture.archive.message(message).orElseThrow();
            assertThat(stored.deliveries().get(0).history())
                    .extracting(StoredMessage.HistoryEntry::detail)
                    .containsExactly("no code", "no row for VL's place");
            assertThat(fixture.archive.waiting(0, 10).get(0).codes()).containsExactly(VL);
            keep(fixture, new StillHeld(1, "no route", null, 30));
            assertThat(fixture.archive.waiting(0, 10).get(0).codes()).containsExactly(VL);
        }
    }

    @Test
    @DisplayName("F28 what a delivery waited for is pruned with its message, and not before")
    void shouldPruneTheCodesWithTheirMessage() throws SQLException {
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            fixture.append(fixture.message("C1", "", "ORU^R01", 10, waiting("lis", HB)));
            fixture.append(fixture.message("C2", "", "ORU^R01", 10, waiting("lis", VL)));
            fixture.append(
                    fixture.message("C3", "", "ORU^R01", EngineClock.system().wallMillis(), fixture.to("a")));
            fixture.mark(1, DeliveryState.SKIPPED, OutcomeKind.AA, "", 1, 1);
            fixture.mark(3, DeliveryState.DELIVERED, OutcomeKind.AA, "", 1, 1);
            fixture.settle();
            fixture.awaitIndex();
            assertThat(fixture.archive.waiting(0, 10))
                    .extracting(WaitingDelivery::id)
                    .containsExactly(2L);
            RetentionSettings settings = RetentionSettings.keeping(
                    Duration.ofDays(1), Duration.ofDays(1), Duration.ofHours(1), Duration.ofDays(30));
            fixture.store
                    .retention(settings, fixture.archive, EngineClock.system())
                    .prune();
            assertThat(fixture.archive.message(1)).isEmpty();
            try (Connection connection = SqliteConnections.openReader(directory.resolve("journal.db"))) {
                assertThat(Sql.list(connection, row -> row.getLong(1), "SELECT delivery_id FROM unmapped", List.of()))
                        .containsExactly(2L);
            }
        }
    }

    private static NewDelivery waiting(String destination, WaitingCode... codes) {
        return NewDelivery.asReceived(destination, 0).waiting("no code", List.of(codes));
    }

    private static AppendResult release(ArchiveFixture fixture, long message, long delivery) {
        NewDelivery next = NewDelivery.asReceived("lis", 0).carrying(MAPPED);
        ArchiveFixture.Result result = new ArchiveFixture.Result();
        fixture.store.release(
                new Release(message, List.of(delivery), List.of(next), 7, "the engine", "rows", 99), result);
        AppendResult released = result.result();
        fixture.settle();
        return released;
    }

    private static void keep(ArchiveFixture fixture, StillHeld still) {
        ArchiveFixture.Result result = new ArchiveFixture.Result();
        fixture.store.keepHeld(still, result);
        assertThat(result.result().outcome()).isEqualTo(Outcome.STORED);
    }

    private static DeliveryState state(ArchiveFixture fixture, long message) {
        return fixture.archive
                .message(message)
                .orElseThrow()
                .deliveries()
                .get(0)
                .state();
    }
}
