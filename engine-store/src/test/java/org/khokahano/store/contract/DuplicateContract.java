package org.khokahano.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.khokahano.store.contract.Letters.NOON;
import static org.khokahano.store.contract.Letters.WINDOW;
import static org.khokahano.store.contract.Letters.key;
import static org.khokahano.store.contract.Letters.message;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.khokahano.store.AppendResult;
import org.khokahano.store.AppendResult.Outcome;

/** What a store promises of messages that come twice. */
public abstract class DuplicateContract extends StoreContract {

    @Test
    @DisplayName("R57 the same message again is a duplicate with the stored id and time, and goes nowhere")
    void shouldAnswerADuplicateWithTheStoredId() {
        AppendResult first = session.append(message("1", "one", to("lis")));
        AppendResult again = session.append(message("one", key("1", "one"), NOON + 5, to("lis")));

        assertThat(again).isEqualTo(AppendResult.duplicate(first.messageId(), NOON, 0));
        assertThat(session.queued("lis")).hasSize(1);
    }

    @Test
    @DisplayName("R57 the same id with other bytes is stored as new, and flagged")
    void shouldStoreOtherBytesOfTheSameIdAsNew() {
        AppendResult first = session.append(message("1", "one", to("lis")));
        AppendResult other = session.append(message("1", "uno", to("lis")));

        assertThat(first.sameIdOtherBytes()).isFalse();
        assertThat(other.outcome()).isEqualTo(Outcome.STORED);
        assertThat(other.sameIdOtherBytes()).isTrue();
        assertThat(session.queued("lis")).hasSize(2);
    }

    @Test
    @DisplayName("R57 of two copies that arrive together one is stored")
    void shouldStoreOneOfTwoCopiesThatArriveTogether() {
        List<CompletableFuture<AppendResult>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            answers.add(session.appendLater(message("1", "one", to("lis"))));
        }
        List<AppendResult> results = answers.stream().map(StoreSession::get).toList();

        assertThat(results).filteredOn(r -> r.outcome() == Outcome.STORED).hasSize(1);
        assertThat(results)
                .extracting(AppendResult::messageId)
                .containsOnly(results.get(0).messageId());
        assertThat(session.queued("lis")).hasSize(1);
    }

    @Test
    @DisplayName("R57 A, B with A's id, A again: the last is a duplicate of the first, across a reopen, too")
    void shouldFindTheFirstOfTwoWithTheSameId() {
        AppendResult first = session.append(message("1", "one"));
        session.append(message("1", "uno"));
        assertThat(session.append(message("1", "one"))).isEqualTo(AppendResult.duplicate(first.messageId(), NOON, 0));

        reopen();

        assertThat(session.append(message("1", "one"))).isEqualTo(AppendResult.duplicate(first.messageId(), NOON, 0));
        assertThat(session.append(message("1", "ein")).sameIdOtherBytes()).isTrue();
    }

    @Test
    @DisplayName("R57 the window ends: one millisecond before is a duplicate, at its end is new")
    void shouldForgetAtTheEndOfTheWindow() {
        session.append(message("1", "one"));
        long end = NOON + WINDOW.toMillis();

        assertThat(session.append(message("one", key("1", "one"), end - 1)).outcome())
                .isEqualTo(Outcome.DUPLICATE);
        AppendResult after = session.append(message("one", key("1", "one"), end));
        assertThat(after.outcome()).isEqualTo(Outcome.STORED);
        assertThat(after.sameIdOtherBytes()).isFalse();
    }

    @Test
    @DisplayName("R57 P7 a clock that went back ten years makes no duplicate new")
    void shouldStillFindDuplicatesWhenTheClockWentBack() {
        session.append(message("1", "one"));
        long tenYears = 315_360_000_000L;

        assertThat(session.append(message("one", key("1", "one"), NOON - tenYears))
                        .outcome())
                .isEqualTo(Outcome.DUPLICATE);
        reopen();
        assertThat(session.append(message("one", key("1", "one"), NOON - tenYears))
                        .outcome())
                .isEqualTo(Outcome.DUPLICATE);
    }

    @Test
    @DisplayName("R57 a message without a key is exempt and never a duplicate")
    void shouldStoreWhatIsExemptEveryTime() {
        assertThat(session.append(message("one", null, NOON)).outcome()).isEqualTo(Outcome.STORED);
        assertThat(session.append(message("one", null, NOON)).outcome()).isEqualTo(Outcome.STORED);
    }

    @Test
    @DisplayName("R57 what memory cannot hold is still a duplicate, across a reopen, too, and past its window new")
    void shouldFindDuplicatesPastTheBoundOfMemory() {
        StoreBounds small = new StoreBounds(100, 32 << 20, 10);
        reopen(directory, small);
        List<AppendResult> first = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            first.add(session.append(message("" + i, "m" + i)));
        }
        for (int life = 0; life < 3; life++) {
            for (int i = 0; i < 100; i++) {
                assertThat(session.append(message("" + i, "m" + i)))
                        .as("message %s in life %s", i, life)
                        .isEqualTo(AppendResult.duplicate(first.get(i).messageId(), NOON, 0));
            }
            AppendResult other = session.append(message("7", "other in life " + life));
            assertThat(other.outcome()).isEqualTo(Outcome.STORED);
            assertThat(other.sameIdOtherBytes()).isTrue();
            reopen(directory, small);
        }
        long end = NOON + WINDOW.toMillis();
        assertThat(session.append(message("m0", key("0", "m0"), end)).outcome()).isEqualTo(Outcome.STORED);
        assertThat(session.append(message("m0", key("0", "m0"), end + 1)).messageId())
                .isGreaterThan(first.get(99).messageId());
    }
}
