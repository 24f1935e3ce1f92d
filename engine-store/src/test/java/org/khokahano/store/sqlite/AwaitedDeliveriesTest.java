package org.khokahano.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.send.OutcomeKind;
import org.khokahano.send.SendOutcome;
import org.khokahano.store.ApplicationAnswer;
import org.khokahano.store.Awaited;
import org.khokahano.store.AwaitedDelivery;
import org.khokahano.store.AwaitedEnd;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.Mark;

@Tag("disk")
class AwaitedDeliveriesTest {

    @TempDir
    Path directory;

    private static void accepted(ArchiveFixture fixture, long delivery, String controlId, String peer) {
        SendOutcome stored = SendOutcome.answered(OutcomeKind.CA, new byte[] {'A'});
        fixture.store.mark(
                new Mark(delivery, DeliveryState.AWAITING, 1, 5, 1, stored, "", false, new Awaited(controlId, peer)));
    }

    private static AwaitedEnd answer(
            ArchiveFixture fixture, String controlId, String peer, @Nullable String destination) {
        CompletableFuture<AwaitedEnd> done = new CompletableFuture<>();
        ApplicationAnswer answer = new ApplicationAnswer(
                new Awaited(controlId, peer),
                destination,
                SendOutcome.answered(OutcomeKind.AA, new byte[] {'B'}),
                name -> DeliveryState.DELIVERED,
                9);
        fixture.store.answerAwaited(answer, ArchiveFixture.Direct.HERE, done::complete);
        return done.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static AwaitedEnd expire(ArchiveFixture fixture, String destination, long upTo) {
        CompletableFuture<AwaitedEnd> done = new CompletableFuture<>();
        fixture.store.expireAwaited(
                destination, upTo, DeliveryState.DEAD_LETTER, 9, ArchiveFixture.Direct.HERE, done::complete);
        return done.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private void two(ArchiveFixture fixture) {
        fixture.append(fixture.message("C1", "P1", "ADT^A01", 1, fixture.to("lis"), fixture.to("ris")));
        accepted(fixture, 1, "C1", "LIS|NRL");
        accepted(fixture, 2, "C1", "RIS|NRL");
    }

    @Test
    @DisplayName("R21 How many wait, and since when, is told rightly while some begin to and some end")
    void shouldCountWhatWaits() {
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            fixture.append(fixture.message("C1", "P1", "ADT^A01", 1, fixture.to("lis"), fixture.to("ris")));
            fixture.append(fixture.message("C2", "P1", "ADT^A01", 2, fixture.to("lis")));
            assertThat(expire(fixture, "lis", 0).waiting()).isZero();
            accepted(fixture, 1, "C1", "LIS|NRL");
            accepted(fixture, 2, "C1", "RIS|NRL");
            assertThat(expire(fixture, "lis", 0).waiting()).isEqualTo(1);
            accepted(fixture, 3, "C2", "LIS|NRL");
            AwaitedEnd both = expire(fixture, "lis", 0);
            assertThat(both.waiting()).isEqualTo(2);
            assertThat(both.oldestMillis()).isEqualTo(5);
            answer(fixture, "C1", "LIS|NRL", null);
            assertThat(expire(fixture, "lis", 0).waiting()).isEqualTo(1);
            assertThat(expire(fixture, "lis", both.last()).waiting()).isZero();
            assertThat(expire(fixture, "ris", 0).waiting()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("R21 Of two deliveries with one MSH-10 the one ends that was sent to whom the acknowledgement is from")
    void shouldEndTheDeliveryOfWhomItIsFrom() {
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            two(fixture);
            assertThat(answer(fixture, "C1", "PACS|NRL", null).ended()).isEmpty();
            assertThat(answer(fixture, "C9", "RIS|NRL", null).ended()).isEmpty();
            assertThat(answer(fixture, "C1", "RIS|NRL", null).ended())
                    .containsExactly(new AwaitedEnd.Ended(1, 2, "ris", DeliveryState.DELIVERED));
            assertThat(answer(fixture, "C1", "RIS|NRL", "ris").ended()).isEmpty();
            assertThat(answer(fixture, "C1", "X|Y", "lis").ended())
                    .as("the only one, whoever it is from")
                    .containsExactly(new AwaitedEnd.Ended(1, 1, "lis", DeliveryState.DELIVERED));
        }
    }

    @Test
    @DisplayName("R21 At a listener the acknowledgement of somebody else ends no wait, even where only one waits")
    void shouldNotEndTheWaitForSomebodyElse() {
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            two(fixture);
            assertThat(answer(fixture, "C1", "RIS|NRL", null).ended()).hasSize(1);
            assertThat(answer(fixture, "C1", "RIS|NRL", null).ended())
                    .as("the same one again, while LIS is still awaited")
                    .isEmpty();
            assertThat(answer(fixture, "C1", "LIS|ELSEWHERE", null).ended()).isEmpty();
            assertThat(answer(fixture, "C1", "LIS|NRL", null).ended()).hasSize(1);
        }
    }

    @Test
    @DisplayName("R21 Where MSH-5 or MSH-6 was sent empty, whatever stands there fits")
    void shouldTakeAnybodyWhereNobodyWasNamed() {
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            fixture.append(fixture.message("C1", "P1", "ADT^A01", 1, fixture.to("lis"), fixture.to("ris")));
            accepted(fixture, 1, "C1", "|");
            accepted(fixture, 2, "C1", "RIS|");
            assertThat(answer(fixture, "C1", "RIS|NRL", null).ended())
                    .as("the one that names it fits better")
                    .containsExactly(new AwaitedEnd.Ended(1, 2, "ris", DeliveryState.DELIVERED));
            assertThat(answer(fixture, "C1", "RIS|NRL", null).ended())
                    .containsExactly(new AwaitedEnd.Ended(1, 1, "lis", DeliveryState.DELIVERED));
        }
    }

    @Test
    @DisplayName("R21 An acknowledgement that names no sender ends the only wait, and none of several")
    void shouldTakeOneWithoutASenderWhereItCanMeanOneOnly() {
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            two(fixture);
            assertThat(answer(fixture, "C1", "|", null).ended()).isEmpty();
            assertThat(answer(fixture, "C1", "RIS|NRL", null).ended()).hasSize(1);
            assertThat(answer(fixture, "C1", "|", null).ended())
                    .containsExactly(new AwaitedEnd.Ended(1, 1, "lis", DeliveryState.DELIVERED));
        }
    }

    @Test
    @DisplayName("R21 Of several that fit equally none ends, but each by an acknowledgement on its own connection")
    void shouldEndNoneOfSeveralThatFitEqually() {
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            fixture.append(fixture.message("C1", "P1", "ADT^A01", 1, fixture.to("lis"), fixture.to("ris")));
            accepted(fixture, 1, "C1", "HUB|NRL");
            accepted(fixture, 2, "C1", "HUB|NRL");
            assertThat(answer(fixture, "C1", "HUB|NRL", null).ended()).isEmpty();
            assertThat(answer(fixture, "C1", "HUB|NRL", "ris").ended())
                    .containsExactly(new AwaitedEnd.Ended(1, 2, "ris", DeliveryState.DELIVERED));
            assertThat(answer(fixture, "C1", "HUB|NRL", null).ended())
                    .containsExactly(new AwaitedEnd.Ended(1, 1, "lis", DeliveryState.DELIVERED));
        }
    }

    @Test
    @DisplayName("R21 What waits is there after a restart, and its time ends by its number")
    void shouldKeepWhatWaitsAndGiveItUp() {
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            two(fixture);
            fixture.settle();
        }
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            assertThat(fixture.store.awaited("", 0, 10))
                    .extracting(AwaitedDelivery::deliveryId, AwaitedDelivery::destination)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(1L, "lis"),
                            org.assertj.core.groups.Tuple.tuple(2L, "ris"));
            AwaitedEnd counted = expire(fixture, "lis", 0);
            assertThat(counted.ended()).isEmpty();
            assertThat(counted.waiting()).isEqualTo(1);
            assertThat(counted.oldestMillis()).isEqualTo(5);
            assertThat(expire(fixture, "lis", counted.last()).ended())
                    .containsExactly(new AwaitedEnd.Ended(1, 1, "lis", DeliveryState.DEAD_LETTER));
            assertThat(expire(fixture, "lis", counted.last()).waiting()).isZero();
            fixture.store.mark(Mark.decision(2, DeliveryState.SKIPPED, 9, "told by telephone"));
            fixture.settle();
            assertThat(fixture.store.awaited("", 0, 10)).isEmpty();
        }
    }
}
