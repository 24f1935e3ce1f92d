package org.khokahano.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.send.OutcomeKind;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.NewMessage;
import org.khokahano.store.archive.CausePage;
import org.khokahano.store.archive.CausePage.Cause;
import org.khokahano.store.archive.ListedDelivery;
import org.khokahano.store.archive.StoredMessage.HistoryEntry;
import org.khokahano.store.archive.StoredMessage.StoredDelivery;
import org.khokahano.store.archive.UnresolvedCount;
import org.khokahano.store.archive.UnresolvedQuery;

@Tag("disk")
class SqliteMessageArchiveTest {

    @TempDir
    Path directory;

    @Test
    void shouldShowAttemptsAndDecisionsInTheOrderInWhichTheyHappened() {
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            NewMessage message =
                    fixture.message("C1", "P1", "ADT^A01", 10, fixture.to("a"), fixture.heldTo("b", "no code"));
            long id = fixture.append(message);
            fixture.mark(1, DeliveryState.QUEUED, OutcomeKind.TIMEOUT, "no answer", 1, 20);
            fixture.mark(1, DeliveryState.QUEUED, OutcomeKind.AE, "", 2, 30);
            fixture.mark(1, DeliveryState.DELIVERED, OutcomeKind.AA, "", 3, 40);
            fixture.settle();
            var shown = fixture.archive.message(id).orElseThrow();
            assertThat(shown.bytes()).isEqualTo(message.bytes());
            assertThat(shown.summary().keys()).isEqualTo(message.keys());
            assertThat(shown.summary().facility()).isEqualTo("QMMH");
            assertThat(shown.deliveries())
                    .extracting(StoredDelivery::destination, StoredDelivery::state)
                    .containsExactly(tuple("a", DeliveryState.DELIVERED), tuple("b", DeliveryState.HELD));
            List<HistoryEntry> history = shown.deliveries().get(0).history();
            assertThat(history)
                    .extracting(
                            HistoryEntry::attempt,
                            HistoryEntry::outcome,
                            HistoryEntry::detail,
                            HistoryEntry::possibleDuplicate,
                            HistoryEntry::outcomeUnknown)
                    .containsExactly(
                            tuple(1, "timeout", "no answer", false, true),
                            tuple(2, "AE", "", true, false),
                            tuple(3, "AA", "", true, false));
            assertThat(history.get(2).answer()).isEqualTo("MSA|AA".getBytes(StandardCharsets.US_ASCII));
            assertThat(shown.deliveries().get(1).history())
                    .extracting(HistoryEntry::attempt, HistoryEntry::detail)
                    .containsExactly(tuple(0, "no code"));
            assertThat(fixture.archive.messageOfDelivery(2).orElseThrow().id()).isEqualTo(id);
            assertThat(shown.toString()).doesNotContain("P1");
        }
    }

    @Test
    @DisplayName("IOLF-10 dead letters are grouped by destination, outcome and detail")
    void shouldGroupDeadLettersByCauseWhenThereAreMany() {
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            List<NewMessage> messages = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                messages.add(fixture.message("C" + i, "", "ADT^A01", i, fixture.to(i % 3 == 0 ? "a" : "b")));
            }
            fixture.appendAll(messages);
            for (int i = 1; i <= 30; i++) {
                fixture.mark(i, DeliveryState.QUEUED, OutcomeKind.TIMEOUT, "no answer", 1, i);
                if (i <= 24) {
                    String detail = i % 2 == 0 ? "unknown patient" : "";
                    fixture.mark(i, DeliveryState.DEAD_LETTER, OutcomeKind.AE, detail, 2, i + 1);
                }
            }
            fixture.settle();
            CausePage causes = fixture.archive.causes(DeliveryState.DEAD_LETTER);
            assertThat(causes.complete()).isTrue();
            assertThat(causes.causes())
                    .extracting(Cause::destination, Cause::outcome, Cause::detail, Cause::count)
                    .containsExactlyInAnyOrder(
                            tuple("a", "AE", "", 4L),
                            tuple("a", "AE", "unknown patient", 4L),
                            tuple("b", "AE", "", 8L),
                            tuple("b", "AE", "unknown patient", 8L));
            Cause cause = causes.causes().get(0);
            UnresolvedQuery query = UnresolvedQuery.deadLetters(5).of(cause);
            List<ListedDelivery> first = fixture.archive.unresolved(query);
            List<ListedDelivery> second =
                    fixture.archive.unresolved(query.before(first.get(4).id()));
            assertThat(first).hasSize(5);
            assertThat(second).hasSize(3);
            assertThat(first.get(0).id()).isEqualTo(cause.newestDeliveryId());
            assertThat(second.get(2).id()).isEqualTo(cause.oldestDeliveryId());
            assertThat(fixture.archive.unresolved(UnresolvedQuery.deadLetters(100)))
                    .hasSize(24)
                    .allMatch(delivery ->
                            delivery.attempts() == 2 && delivery.outcome().equals("AE"))
                    .extracting(ListedDelivery::id)
                    .isSortedAccordingTo(Comparator.reverseOrder());
            assertThat(fixture.archive.unresolvedCounts())
                    .containsExactly(new UnresolvedCount("a", 2, 0, 8), new UnresolvedCount("b", 4, 0, 16));
            assertThatThrownBy(() -> fixture.archive.causes(DeliveryState.DELIVERED))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void shouldListAQueueInTheOrderOfItsLanesWhenItIsPaged() {
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            List<NewMessage> messages = new ArrayList<>();
            for (int i = 0; i < 25; i++) {
                messages.add(fixture.message("C" + i, "", "ADT^A01", i, fixture.to("a")));
            }
            fixture.appendAll(messages);
            fixture.mark(3, DeliveryState.DELIVERED, OutcomeKind.AA, "", 1, 1);
            fixture.settle();
            List<ListedDelivery> first = fixture.archive.queue("a", 0, 10);
            assertThat(first)
                    .extracting(ListedDelivery::id)
                    .startsWith(1L, 2L, 4L)
                    .hasSize(10);
            List<ListedDelivery> second =
                    fixture.archive.queue("a", first.get(9).id(), 100);
            assertThat(second).hasSize(14);
            assertThat(second.get(13).keys().controlId()).isEqualTo("C24");
            assertThat(fixture.archive.queue("nowhere", 0, 10)).isEmpty();
        }
    }
}
