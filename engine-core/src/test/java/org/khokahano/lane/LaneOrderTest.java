package org.khokahano.lane;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.khokahano.send.OutcomeKind;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.Mark;

@Tag("unit")
class LaneOrderTest {

    @Test
    @DisplayName("P3 R31 with window 1 the next is sent after the one before was acknowledged")
    void shouldSendOneAfterTheOtherWithWindowOne() {
        LaneFixture f = LaneFixture.window(1).start(false).commit(3);
        assertThat(f.partner.sent()).containsExactly(1L);
        f.answer(1, OutcomeKind.AA);
        assertThat(f.partner.sent()).containsExactly(1L, 2L);
        f.answer(2, OutcomeKind.CA);
        f.answer(3, OutcomeKind.AA);
        assertThat(f.partner.sent()).containsExactly(1L, 2L, 3L);
        assertThat(f.lane.depth()).isZero();
        assertThat(f.store.marks()).extracting(Mark::state).containsOnly(DeliveryState.DELIVERED);
    }

    @Test
    @DisplayName("R31 no more than the window is outstanding")
    void shouldKeepToTheWindow() {
        LaneFixture f = LaneFixture.window(3).start(false).commit(5);
        assertThat(f.partner.outstanding()).containsExactly(1L, 2L, 3L);
        f.answer(2, OutcomeKind.AA);
        assertThat(f.partner.outstanding()).containsExactly(1L, 3L, 4L);
    }

    @Test
    @DisplayName("R29 R30 F10 with a window, all that was outstanding goes again in order before anything new")
    void shouldSendAllOutstandingAgainBeforeAnythingNew() {
        LaneFixture f = LaneFixture.window(3).start(false).commit(5);
        f.answer(1, OutcomeKind.AA);
        f.loseConnection();
        assertThat(f.lane.state()).isEqualTo(LaneState.RETRYING);
        assertThat(f.partner.outstanding()).isEmpty();
        f.passSeconds(1);
        assertThat(f.partner.sent()).containsExactly(1L, 2L, 3L, 4L, 2L, 3L, 4L);
        f.answer(2, OutcomeKind.AA);
        assertThat(f.partner.outstanding()).containsExactly(3L, 4L);
        f.answer(3, OutcomeKind.AA);
        f.answer(4, OutcomeKind.AA);
        assertThat(f.partner.outstanding()).containsExactly(5L);
    }

    @Test
    @DisplayName("P3 with a window, a refused delivery is overtaken by what was outstanding and nothing else")
    void shouldSendNothingNewWhileARefusedDeliveryIsOpen() {
        LaneFixture f = LaneFixture.window(3).start(false).commit(6);
        f.answer(1, OutcomeKind.AR);
        f.answer(2, OutcomeKind.AA);
        f.passSeconds(10);
        assertThat(f.partner.sent()).as("3 has no outcome yet").containsExactly(1L, 2L, 3L);
        f.answer(3, OutcomeKind.AA);
        assertThat(f.partner.outstanding()).containsExactly(1L);
        f.answer(1, OutcomeKind.AR);
        f.passSeconds(8);
        assertThat(f.partner.sent()).containsExactly(1L, 2L, 3L, 1L, 1L);
        f.answer(1, OutcomeKind.AA);
        assertThat(f.partner.outstanding()).containsExactly(4L, 5L, 6L);
    }

    @Test
    @DisplayName("P4 a repetition is flagged where the outcome was unknown, and only there")
    void shouldFlagOnlyRepetitionsOfUnknownOutcome() {
        LaneFixture f = LaneFixture.window(1).start(false).commit(2);
        f.answer(1, OutcomeKind.REFUSED);
        f.passSeconds(1);
        f.answer(1, OutcomeKind.AR);
        f.passSeconds(2);
        f.answer(1, OutcomeKind.RESET);
        f.passSeconds(4);
        f.answer(1, OutcomeKind.AA);
        f.answer(2, OutcomeKind.AA);
        assertThat(f.store.marks())
                .extracting(Mark::deliveryId, Mark::attempt, Mark::possibleDuplicate)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1L, 1, false),
                        org.assertj.core.groups.Tuple.tuple(1L, 2, false),
                        org.assertj.core.groups.Tuple.tuple(1L, 3, false),
                        org.assertj.core.groups.Tuple.tuple(1L, 4, true),
                        org.assertj.core.groups.Tuple.tuple(2L, 1, false));
    }

    @Test
    @DisplayName("P4 F1 after a crash what was queued is flagged, what came after the start is not")
    void shouldFlagTheBacklogAfterACrash() {
        LaneFixture f = LaneFixture.keeping(2).backlog(5).start(true).commit(1);
        f.partner.answerAtOnce();
        f.answer(1, OutcomeKind.AA);
        assertThat(f.partner.sent()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        f.commit(1);
        assertThat(f.store.marks())
                .filteredOn(mark -> mark.deliveryId() <= 5)
                .hasSize(5)
                .allMatch(Mark::possibleDuplicate);
        assertThat(f.store.marks())
                .filteredOn(mark -> mark.deliveryId() == 7)
                .hasSize(1)
                .noneMatch(Mark::possibleDuplicate);
    }

    @Test
    @DisplayName("P4 after a clean end nothing is flagged")
    void shouldFlagNothingAfterACleanEnd() {
        LaneFixture f = LaneFixture.keeping(2).backlog(3);
        f.partner.answerAtOnce();
        f.start(false);
        assertThat(f.store.marks()).hasSize(3).noneMatch(Mark::possibleDuplicate);
    }

    @Test
    @DisplayName("a long queue answered at once does not grow the stack")
    void shouldNotRecurseWhenAnswersComeAtOnce() {
        LaneFixture f = LaneFixture.keeping(16).backlog(20_000);
        f.partner.answerAtOnce();
        f.start(false);
        assertThat(f.partner.sent()).hasSize(20_000).isSorted();
        assertThat(f.lane.depth()).isZero();
    }
}
