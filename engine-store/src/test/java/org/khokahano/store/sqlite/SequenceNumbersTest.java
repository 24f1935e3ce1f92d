package org.khokahano.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.send.OutcomeKind;
import org.khokahano.store.AppendResult;
import org.khokahano.store.AppendResult.Outcome;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.NewMessage;
import org.khokahano.store.NewMessage.DuplicateKey;
import org.khokahano.store.SequenceChange;
import org.khokahano.store.SequenceClaim;
import org.khokahano.store.SequenceLink;
import org.khokahano.store.SequenceReading;
import org.khokahano.store.SequenceState;
import org.khokahano.store.SequenceState.Status;

@Tag("disk")
class SequenceNumbersTest {

    private static final SequenceLink EHR = SequenceLink.ofListener("ward", "EHR|QMMH");
    private static final SequenceLink LIS = SequenceLink.ofDestination("lis");

    @TempDir
    Path directory;

    private static AppendResult append(ArchiveFixture fixture, String id, long number, DuplicateKey key) {
        NewMessage plain = fixture.message(id, "P1", "ADT^A01", 1, fixture.to("lis"));
        ArchiveFixture.Result result = new ArchiveFixture.Result();
        fixture.store.append(
                new NewMessage(
                        plain.listener(),
                        plain.facility(),
                        plain.remote(),
                        plain.bytes(),
                        plain.keys(),
                        key,
                        plain.receivedMillis(),
                        plain.receivedNanos(),
                        0,
                        0,
                        "",
                        new SequenceClaim(EHR, number),
                        0,
                        plain.deliveries()),
                result);
        return result.result();
    }

    private static AppendResult append(ArchiveFixture fixture, String id, long number) {
        DuplicateKey key = new DuplicateKey(id.hashCode(), id.hashCode() * 31L, java.time.Duration.ofHours(1));
        return append(fixture, id, number, key);
    }

    private static SequenceReading change(ArchiveFixture fixture, SequenceLink link, SequenceChange change) {
        CompletableFuture<SequenceReading> done = new CompletableFuture<>();
        fixture.store.changeSequence(link, change, ArchiveFixture.Direct.HERE, done::complete);
        return done.orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Test
    @DisplayName("R34 The first number is adopted, then only the next is stored; all of it is there after a restart")
    void shouldTakeOnlyTheNextNumber() {
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            assertThat(append(fixture, "A", 7).outcome()).isEqualTo(Outcome.STORED);
            AppendResult wrong = append(fixture, "B", 9);
            assertThat(wrong.outcome()).isEqualTo(Outcome.OUT_OF_SEQUENCE);
            assertThat(wrong.expectedNumber()).isEqualTo(8);
            assertThat(append(fixture, "B", 8).outcome()).isEqualTo(Outcome.STORED);
            assertThat(append(fixture, "A", 7).outcome()).isEqualTo(Outcome.DUPLICATE);
            assertThat(append(fixture, "C", 8).expectedNumber()).isEqualTo(9);
        }
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            assertThat(fixture.store.sequences())
                    .singleElement()
                    .satisfies(state -> assertThat(state.number()).isEqualTo(8));
            assertThat(append(fixture, "C", 8).expectedNumber()).isEqualTo(9);
            assertThat(fixture.archive.message(3)).isEmpty();
        }
    }

    @Test
    @DisplayName("R35 After a resynchronisation a repetition is the first number, too")
    void shouldAdoptTheNumberOfARepetition() {
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            append(fixture, "A", 7);
            change(fixture, EHR, before -> SequenceState.accepted(EHR, SequenceState.ADOPT_NEXT, 2));
            assertThat(append(fixture, "A", 7).outcome()).isEqualTo(Outcome.DUPLICATE);
            assertThat(append(fixture, "B", 100).expectedNumber()).isEqualTo(8);
        }
    }

    @Test
    @DisplayName("R36 A number whose delivery was delivered is shown as accepted, without anybody having written that")
    void shouldTellAnAcceptedNumberByItsDelivery() {
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            fixture.append(fixture.message("A", "P1", "ADT^A01", 1, fixture.to("lis")));
            change(fixture, LIS, before -> new SequenceState(LIS, 1, 1, Status.OPEN, 1));
            SequenceReading open = change(fixture, LIS, SequenceChange.NONE);
            assertThat(Objects.requireNonNull(open.before()).status()).isEqualTo(Status.OPEN);
            fixture.mark(1, DeliveryState.DELIVERED, OutcomeKind.AA, "", 1, 2);
            SequenceReading settled = change(fixture, LIS, SequenceChange.NONE);
            assertThat(Objects.requireNonNull(settled.before()).status()).isEqualTo(Status.SETTLED);
        }
    }

    @Test
    @DisplayName("A fault in a change leaves the number as it was, and the store goes on")
    void shouldKeepTheNumberWhenAChangeFails() {
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            append(fixture, "A", 7);
            SequenceReading failed = change(fixture, EHR, before -> {
                throw new IllegalStateException("a fault of the test");
            });
            assertThat(failed.refusal()).isNotEmpty();
            assertThat(append(fixture, "B", 8).outcome()).isEqualTo(Outcome.STORED);
        }
    }

    @Test
    @DisplayName("A listener has numbers of so many senders at most, until some are removed; others are not held up")
    void shouldBoundTheNumberOfSenders() {
        SequenceLink first = SequenceLink.ofListener("clinic", "S1");
        SequenceLink late = SequenceLink.ofListener("clinic", "late");
        SequenceChange known = before -> SequenceState.accepted(late, 1, 1);
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            for (int n = 1; n < SequenceTable.MOST_LINKS; n++) {
                SequenceLink link = SequenceLink.ofListener("clinic", "S" + n);
                fixture.store.changeSequence(
                        link, before -> SequenceState.accepted(link, 1, 1), ArchiveFixture.Direct.HERE, reading -> {});
            }
            change(fixture, first, SequenceChange.NONE);
        }
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            SequenceLink last = SequenceLink.ofListener("clinic", "S0");
            change(fixture, last, before -> SequenceState.accepted(last, 1, 1));
            assertThat(fixture.store.sequences()).hasSize(SequenceTable.MOST_LINKS);
            assertThat(change(fixture, late, known).refusal()).contains("senders", "khoka sequence remove");
            assertThat(append(fixture, "A", 7).outcome()).as("another listener").isEqualTo(Outcome.STORED);
            assertThat(change(fixture, LIS, before -> new SequenceState(LIS, 1, 1, Status.OPEN, 1))
                            .refusal())
                    .as("a destination")
                    .isEmpty();
            assertThat(change(fixture, first, before -> null).after()).isNull();
            assertThat(change(fixture, late, known).refusal()).isEmpty();
        }
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            assertThat(fixture.store.sequences())
                    .extracting(SequenceState::link)
                    .contains(late)
                    .doesNotContain(first);
        }
    }
}
