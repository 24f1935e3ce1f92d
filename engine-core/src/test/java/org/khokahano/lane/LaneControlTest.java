package org.khokahano.lane;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.khokahano.send.OutcomeKind;
import org.khokahano.store.DeliveryState;

@Tag("unit")
class LaneControlTest {

    private static final AnswerTable HOLD_ON_AE =
            AnswerTable.defaults().with(OutcomeKind.AE, AnswerRule.after(2, DeliveryAction.HOLD));

    @Test
    @DisplayName("R28 a held lane keeps its head and everything behind it until it is resumed")
    void shouldHoldUntilResumed() {
        LaneFixture f = LaneFixture.answering(HOLD_ON_AE).start(false).commit(2);
        f.answer(1, OutcomeKind.AE);
        f.passSeconds(1);
        f.answer(1, OutcomeKind.AE);
        f.passSeconds(1_000);
        assertThat(f.lane.state()).isEqualTo(LaneState.HELD);
        assertThat(f.partner.sent()).containsExactly(1L, 1L);
        f.lane.resume("mended");
        f.loop.runTasks();
        assertThat(f.partner.outstanding()).containsExactly(1L);
        f.answer(1, OutcomeKind.AE);
        assertThat(f.lane.state()).as("its tries are used up").isEqualTo(LaneState.HELD);
        assertThat(f.moves)
                .containsExactly(
                        "RUNNING>RETRYING", "RETRYING>RUNNING", "RUNNING>HELD", "HELD>RUNNING", "RUNNING>HELD");
    }

    @Test
    @DisplayName("a paused lane lets what is outstanding end, sends nothing, and goes on in order")
    void shouldPauseAndResume() {
        LaneFixture f = LaneFixture.window(1).start(false).commit(2);
        f.lane.pause("window of the partner");
        f.loop.runTasks();
        f.answer(1, OutcomeKind.TIMEOUT);
        f.commit(1);
        f.passSeconds(1_000);
        assertThat(f.partner.sent()).containsExactly(1L);
        assertThat(f.lane.depth()).isEqualTo(3);
        f.lane.resume("open again");
        f.loop.runTasks();
        f.partner.answerAtOnce();
        f.answer(1, OutcomeKind.AA);
        assertThat(f.partner.sent()).containsExactly(1L, 1L, 2L, 3L);
    }

    @Test
    @DisplayName("P4 F4 a lane sends nothing more while too many marks wait for the disk, and then goes on")
    void shouldStopSendingWhileMarksWait() {
        LaneFixture f = LaneFixture.window(1).start(false).commit(3);
        f.store.fallBehindOnMarks();
        f.answer(1, OutcomeKind.AA);
        f.commit(1);
        assertThat(f.partner.sent()).containsExactly(1L);
        assertThat(f.store.waitingForMarks()).as("asked for once").isOne();
        f.store.catchUpOnMarks();
        f.loop.runTasks();
        assertThat(f.partner.outstanding()).containsExactly(2L);
        f.partner.answerAtOnce();
        f.answer(2, OutcomeKind.AA);
        assertThat(f.partner.sent()).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    @DisplayName("a pause ends the wait after a failure: its timer does not wake the lane")
    void shouldNotWakeFromAPauseByATimer() {
        LaneFixture f = LaneFixture.window(1).start(false).commit(1);
        f.answer(1, OutcomeKind.REFUSED);
        f.lane.pause("");
        f.passSeconds(100);
        assertThat(f.lane.state()).isEqualTo(LaneState.PAUSED);
        assertThat(f.loop.timersWaiting()).isZero();
    }

    @Test
    @DisplayName("a lane that was paused before the restart stays so")
    void shouldStayPausedOverARestart() {
        LaneFixture f = LaneFixture.window(1).backlog(2);
        f.lane.start(f.store.backlog(), false, "before the restart");
        f.loop.runTasks();
        assertThat(f.lane.state()).isEqualTo(LaneState.PAUSED);
        assertThat(f.partner.sent()).isEmpty();
        assertThat(f.lane.depth()).isEqualTo(2);
    }

    @Test
    @DisplayName("P2 a skip takes a delivery out of memory or out of the store, and never one on its way")
    void shouldSkipWhereItCan() {
        LaneFixture f = LaneFixture.keeping(2).start(false).commit(6);
        assertThat(f.skip(1)).as("outstanding").isFalse();
        assertThat(f.skip(2)).as("in memory").isTrue();
        assertThat(f.skip(5)).as("in the store").isTrue();
        assertThat(f.skip(5)).as("again").isFalse();
        assertThat(f.lane.depth()).isEqualTo(4);
        f.partner.answerAtOnce();
        f.answer(1, OutcomeKind.AA);
        assertThat(f.partner.sent()).containsExactly(1L, 3L, 4L, 6L);
        assertThat(f.skip(6)).as("delivered").isFalse();
        assertThat(f.lane.depth()).isZero();
        assertThat(f.store.statesOf(5)).containsExactly(DeliveryState.SKIPPED);
    }

    @Test
    @DisplayName("a skip of what the lane waits to try again ends the wait")
    void shouldGoOnWhenTheRetriedDeliveryIsSkipped() {
        LaneFixture f = LaneFixture.window(1).start(false).commit(2);
        f.answer(1, OutcomeKind.AR);
        assertThat(f.skip(1)).isTrue();
        assertThat(f.lane.state()).isEqualTo(LaneState.RUNNING);
        assertThat(f.partner.outstanding()).containsExactly(2L);
        f.passSeconds(100);
        assertThat(f.partner.sent()).containsExactly(1L, 2L);
    }

    @Test
    @DisplayName("P3 a skip of what failed does not let new deliveries pass what is outstanding beside it")
    void shouldWaitForWhatIsOutstandingWhenTheRetriedDeliveryIsSkipped() {
        LaneFixture f = LaneFixture.window(2).start(false).commit(4);
        f.answer(1, OutcomeKind.AR);
        assertThat(f.skip(1)).isTrue();
        f.passSeconds(100);
        assertThat(f.partner.outstanding()).containsExactly(2L);
        f.answer(2, OutcomeKind.AR);
        f.passSeconds(100);
        assertThat(f.partner.sent()).as("what failed goes before what is new").startsWith(1L, 2L, 2L);
    }

    @Test
    @DisplayName("P3 resumed after a failure, a lane still waits for what is outstanding before it sends again")
    void shouldWaitForWhatIsOutstandingWhenResumed() {
        LaneFixture f = LaneFixture.window(2).start(false).commit(4);
        f.answer(2, OutcomeKind.AR);
        f.lane.pause("a look at it");
        f.lane.resume("go on");
        f.loop.runTasks();
        assertThat(f.partner.sent()).containsExactly(1L, 2L);
        f.answer(1, OutcomeKind.AR);
        f.passSeconds(100);
        assertThat(f.partner.sent()).startsWith(1L, 2L, 1L, 2L);
    }

    @Test
    @DisplayName("F20 a stopped lane sends nothing new and is drained once nothing is outstanding")
    void shouldDrainWhenStopped() {
        LaneFixture f = LaneFixture.window(2).start(false).commit(4);
        var stopped = f.lane.stop("the engine is stopping").toCompletableFuture();
        f.loop.runTasks();
        assertThat(stopped).isNotDone();
        f.answer(1, OutcomeKind.AA);
        f.lane.resume("too late");
        f.loop.runTasks();
        assertThat(stopped).isNotDone();
        f.lane.disconnect();
        f.loop.runTasks();
        assertThat(stopped).isDone();
        assertThat(f.partner.sent()).containsExactly(1L, 2L);
        assertThat(f.store.statesOf(2)).containsExactly(DeliveryState.QUEUED);
    }

    @Test
    @DisplayName("F20 a lane is at rest when it is empty, or when nothing can move without waiting")
    void shouldSayWhenItIsAtRest() {
        LaneFixture f = LaneFixture.window(1).start(false);
        assertThat(f.isAtRest()).isTrue();
        f.commit(2);
        assertThat(f.isAtRest()).as("outstanding").isFalse();
        f.answer(1, OutcomeKind.REFUSED);
        assertThat(f.isAtRest()).as("waiting to try again").isTrue();
        f.passSeconds(1);
        f.lane.pause("");
        assertThat(f.isAtRest()).as("paused, one outstanding").isFalse();
        f.answer(1, OutcomeKind.AA);
        assertThat(f.isAtRest()).as("paused").isTrue();
    }

    @Test
    @DisplayName("the oldest is the oldest that is not delivered, wherever it waits")
    void shouldKnowItsOldestDelivery() {
        LaneFixture f = LaneFixture.window(2).start(false);
        assertThat(f.lane.oldestReceivedMillis()).isZero();
        f.commit(3);
        assertThat(f.lane.oldestReceivedMillis()).isEqualTo(1_700_000_000_001L);
        f.answer(1, OutcomeKind.AR);
        f.answer(2, OutcomeKind.AA);
        assertThat(f.lane.oldestReceivedMillis()).isEqualTo(1_700_000_000_001L);
        f.passSeconds(1);
        f.answer(1, OutcomeKind.AA);
        assertThat(f.lane.oldestReceivedMillis()).isEqualTo(1_700_000_000_003L);
        f.answer(3, OutcomeKind.AA);
        assertThat(f.lane.oldestReceivedMillis()).isZero();
        assertThat(f.lane.depth()).isZero();
    }
}
