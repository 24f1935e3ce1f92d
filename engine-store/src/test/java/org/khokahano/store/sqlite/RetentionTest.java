package org.khokahano.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.loop.EngineClock;
import org.khokahano.send.OutcomeKind;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.NewMessage;
import org.khokahano.store.Quarantined;
import org.khokahano.store.archive.MessageQuery;
import org.khokahano.store.archive.StoredMessage;
import org.khokahano.store.archive.StoredMessage.HistoryEntry;

@Tag("disk")
class RetentionTest {

    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long START = 1_000 * DAY;

    @TempDir
    Path directory;

    private final FakeClock clock = new FakeClock();

    /** A clock that stands still until it is moved. */
    private static final class FakeClock implements EngineClock {
        private final AtomicLong millis = new AtomicLong(START);

        @Override
        public long wallMillis() {
            return millis.get();
        }

        @Override
        public long nanoTime() {
            return TimeUnit.MILLISECONDS.toNanos(millis.get());
        }
    }

    @Test
    void shouldRemoveBytesFirstAndWhatIsKnownLaterWhenAllIsResolved() {
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            Retention retention = retention(fixture);
            long old = deliver(fixture, "C1", START - 8 * DAY);
            long young = deliver(fixture, "C2", START);
            assertThat(retention.prune().bodies()).isEqualTo(1);
            StoredMessage message = fixture.archive.message(old).orElseThrow();
            assertThat(message.bytes()).isNull();
            assertThat(message.deliveries().get(0).history())
                    .singleElement()
                    .extracting(HistoryEntry::outcome, HistoryEntry::answer)
                    .containsExactly("AA", null);
            assertThat(fixture.archive.message(young).orElseThrow().bytes()).isNotNull();

            clock.millis.addAndGet(25 * DAY);
            fixture.awaitIndex();
            assertThat(retention.prune().messages()).isEqualTo(1);
            assertThat(fixture.archive.message(old)).isEmpty();
            assertThat(fixture.archive
                            .search(MessageQuery.all(10).withControlId("C1"))
                            .messages())
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("F28 what is queued, held or dead is never removed, nor what duplicates are told by")
    void shouldKeepWhatIsUnresolvedOrInsideTheDuplicateWindowWhateverItsAge() {
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            List<Long> kept = new ArrayList<>();
            kept.add(fixture.append(fixture.message("C1", "", "ADT^A01", 1, fixture.to("a"), fixture.to("b"))));
            fixture.mark(1, DeliveryState.DELIVERED, OutcomeKind.AA, "", 1, 1);
            kept.add(fixture.append(fixture.message("C2", "", "ADT^A01", 2, fixture.heldTo("a", "no code"))));
            kept.add(fixture.append(fixture.message("C3", "", "ADT^A01", 3, fixture.to("a"))));
            fixture.mark(4, DeliveryState.DEAD_LETTER, OutcomeKind.AE, "", 1, 1);
            long gone = deliver(fixture, "C4", 4);
            deliver(fixture, "C5", START);
            fixture.settle();
            fixture.awaitIndex();
            assertThat(retention(fixture).prune().messages()).isEqualTo(1);
            assertThat(fixture.archive.message(gone)).isEmpty();
            for (long id : kept) {
                assertThat(fixture.archive.message(id).orElseThrow().bytes()).isNotNull();
            }
            RetentionSettings window = new RetentionSettings(
                    Duration.ofHours(1),
                    Duration.ofHours(1),
                    Duration.ofHours(24),
                    Duration.ofHours(1),
                    Duration.ofMillis(10));
            long recent = deliver(fixture, "C6", START - DAY / 2);
            deliver(fixture, "C7", START);
            assertThat(fixture.store
                            .retention(window, fixture.archive, clock)
                            .prune()
                            .bodies())
                    .isZero();
            assertThat(fixture.archive.message(recent).orElseThrow().bytes()).isNotNull();
        }
    }

    @Test
    @DisplayName("F28 pruning under load gives the disk back, while messages keep coming in")
    void shouldShrinkTheFileAndKeepAcceptingWhenPruningUnderLoad() throws Exception {
        List<Long> tookNanos = new ArrayList<>();
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            List<NewMessage> messages = new ArrayList<>();
            for (int i = 0; i < 6_000; i++) {
                messages.add(ArchiveFixture.message(
                        "ward", "QMMH", "C" + i, "P" + i, "ADT^A01", 1_000 + i, 4_000, fixture.to("a")));
            }
            fixture.appendAll(messages);
            for (int i = 1; i <= 5_999; i++) {
                fixture.mark(i, DeliveryState.DELIVERED, OutcomeKind.AA, "", 1, 1);
            }
            fixture.settle();
            fixture.awaitIndex();
            Retention retention = retention(fixture);
            AtomicBoolean done = new AtomicBoolean();
            CountDownLatch started = new CountDownLatch(1);
            Thread load = new Thread(() -> {
                while (!done.get() || tookNanos.size() < 10) {
                    long began = System.nanoTime();
                    fixture.append(fixture.message("N", "", "ADT^A01", START, fixture.to("a")));
                    tookNanos.add(System.nanoTime() - began);
                    started.countDown();
                }
            });
            load.start();
            assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
            Retention.Pruned pruned;
            try {
                pruned = retention.prune();
            } finally {
                done.set(true);
                load.join(20_000);
            }

            assertThat(pruned.messages()).isEqualTo(5_999);
            assertThat(pruned.freedBytes()).isGreaterThan(15_000_000);
            assertThat(fixture.archive.message(6_000).orElseThrow().bytes()).isNotNull();
            assertThat(SearchIndexerTest.rows(directory, "by_patient_id")).isEqualTo(1);
            assertThat(tookNanos).allMatch(nanos -> nanos < TimeUnit.SECONDS.toNanos(2));
        }
        // What came meanwhile is there, too: more of it the slower the machine is.
        long came = tookNanos.size() * 1_000L;
        assertThat(Files.size(directory.resolve("journal.db"))).isLessThan(10_000_000 + came);
    }

    @Test
    @DisplayName("F28 P7 a clock that comes up in 2099 removes nothing early, over restarts too, until it is trusted")
    void shouldRemoveNothingEarlyWhenTheClockIsFarAhead() {
        long message;
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            message = deliver(fixture, "C1", START - DAY);
            deliver(fixture, "C2", START);
            fixture.awaitIndex();
            retention(fixture).prune();
        }
        clock.millis.set(START + 26_000 * DAY);
        for (int life = 0; life < 2; life++) {
            try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
                deliver(fixture, "L" + life, clock.wallMillis());
                fixture.awaitIndex();
                assertThat(retention(fixture).prune().bodies()).isZero();
                assertThat(fixture.archive.message(message).orElseThrow().bytes())
                        .isNotNull();
            }
        }
        new StoreMaintenance(MaintenanceProgress.NONE).trustClock(directory);
        clock.millis.set(System.currentTimeMillis());
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            fixture.awaitIndex();
            assertThat(retention(fixture).prune().messages()).isPositive();
            assertThat(fixture.archive.message(message)).isEmpty();
        }
    }

    @Test
    void shouldNeverGiveAnIdTwiceWhenAllMessagesAreOld() {
        long last;
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            deliver(fixture, "C1", 1);
            last = deliver(fixture, "C2", 2);
            fixture.append(fixture.message("C3", "", "ADT^A01", START - 20 * DAY));
            fixture.awaitIndex();
            retention(fixture).prune();
        }
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            assertThat(fixture.append(fixture.message("C4", "", "ADT^A01", START, fixture.to("a"))))
                    .isEqualTo(last + 2);
            fixture.settle();
            assertThat(fixture.queue.deliveries.get(0).id()).isEqualTo(3);
        }
    }

    @Test
    void shouldRemoveQuarantinedInputWhenItIsOld() {
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            long oldest = quarantine(fixture, 1);
            long old = quarantine(fixture, START - 10 * DAY);
            long young = quarantine(fixture, START);
            retention(fixture).prune();
            assertThat(fixture.archive.quarantined(oldest)).isEmpty();
            assertThat(fixture.archive.quarantined(old).orElseThrow().bytes()).isNull();
            assertThat(fixture.archive.quarantined(young).orElseThrow().bytes()).containsExactly(1, 2, 3);
            assertThat(fixture.archive.quarantine(Long.MAX_VALUE, 10))
                    .extracting(input -> input.id())
                    .containsExactly(young, old);
        }
    }

    @Test
    void shouldRunWhenItsClockSaysSo() {
        try (ArchiveFixture fixture = new ArchiveFixture(directory);
                Retention retention = retention(fixture)) {
            long message = deliver(fixture, "C1", START);
            deliver(fixture, "C2", START + 30 * DAY);
            retention.start();
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                clock.millis.addAndGet(DAY);
                assertThat(fixture.archive.message(message).orElseThrow().bytes())
                        .isNull();
            });
        }
    }

    private Retention retention(ArchiveFixture fixture) {
        RetentionSettings settings = RetentionSettings.keeping(
                Duration.ofDays(7), Duration.ofDays(30), Duration.ofDays(1), Duration.ofDays(30));
        return fixture.store.retention(settings, fixture.archive, clock);
    }

    private static long deliver(ArchiveFixture fixture, String controlId, long atMillis) {
        long id = fixture.append(fixture.message(controlId, "", "ADT^A01", atMillis, fixture.to("a")));
        long delivery =
                fixture.archive.message(id).orElseThrow().deliveries().get(0).id();
        fixture.mark(delivery, DeliveryState.DELIVERED, OutcomeKind.AA, "", 1, atMillis);
        fixture.settle();
        return id;
    }

    private static long quarantine(ArchiveFixture fixture, long atMillis) {
        ArchiveFixture.Result result = new ArchiveFixture.Result();
        fixture.store.quarantine(
                new Quarantined("ward", "127.0.0.1:1", new byte[] {1, 2, 3}, "noMsh", "byte 0", atMillis), result);
        return result.result().messageId();
    }
}
