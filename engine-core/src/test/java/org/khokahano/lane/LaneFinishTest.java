package org.khokahano.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.khokahano.send.OutcomeKind;

@Tag("unit")
class LaneFinishTest {

    @Test
    @DisplayName("P3 a lane that is to finish delivers what it has up to the last id, and nothing after it")
    void shouldDeliverUpToTheLastIdAndNothingAfterIt() {
        LaneFixture fixture = LaneFixture.keeping(2).start(false).commit(3);
        CompletableFuture<Void> finished = fixture.lane.finish(3).toCompletableFuture();
        // For its successor: in the store, and the lane is not told.
        fixture.store.commit(fixture.loop);
        fixture.loop.runTasks();
        for (long id = 1; id <= 3; id++) {
            assertThat(finished).isNotDone();
            fixture.answer(id, OutcomeKind.AA);
        }
        assertThat(finished).isCompleted();
        assertThat(fixture.partner.outstanding()).isEmpty();
    }

    @Test
    @DisplayName("P3 a lane that has nothing finishes at once")
    void shouldFinishAtOnceWhenItHasNothing() {
        LaneFixture fixture = LaneFixture.window(1).start(false);
        CompletableFuture<Void> finished = fixture.lane.finish(0).toCompletableFuture();
        fixture.loop.runTasks();
        assertThat(finished).isCompleted();
    }

    @Test
    @DisplayName("P3 a lane that waits to try again has not finished")
    void shouldNotFinishWhileSomethingIsToBeTriedAgain() {
        LaneFixture fixture = LaneFixture.window(1).start(false).commit(1);
        CompletableFuture<Void> finished = fixture.lane.finish(1).toCompletableFuture();
        fixture.loop.runTasks();
        fixture.answer(1, OutcomeKind.TIMEOUT);
        assertThat(finished).isNotDone();
        fixture.passSeconds(2);
        fixture.answer(1, OutcomeKind.AA);
        assertThat(finished).isCompleted();
    }
}
