package org.khokahano.lane;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.khokahano.event.EngineEvents;
import org.khokahano.send.OutcomeKind;

/** A lane among fakes. */
final class LaneFixture {

    static final RetryPolicy RETRY = new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(8), 2, 0);

    final FakeLoop loop = new FakeLoop();
    final FakeSender partner = new FakeSender();
    final FakeStore store = new FakeStore();
    final List<String> moves = new ArrayList<>();
    int unreadable;
    final Lane lane;

    LaneFixture(LaneLimits limits, AnswerTable answers) {
        EngineEvents events = new EngineEvents() {
            @Override
            public void laneMoved(String destination, int number, String from, String to, String reason) {
                moves.add(from + ">" + to);
            }

            @Override
            public void queueUnreadable(String destination, int number) {
                unreadable++;
            }
        };
        lane = new Lane(new LaneSettings("lab", 0, 1, limits, RETRY, answers), loop, partner, store, events, loop);
    }

    static LaneFixture window(int window) {
        return new LaneFixture(new LaneLimits(window, 256, 1 << 20), AnswerTable.defaults());
    }

    static LaneFixture keeping(int deliveries) {
        return new LaneFixture(new LaneLimits(1, deliveries, 1 << 20), AnswerTable.defaults());
    }

    static LaneFixture answering(AnswerTable answers) {
        return new LaneFixture(new LaneLimits(1, 256, 1 << 20), answers);
    }

    /** Starts the lane on what the store holds. */
    LaneFixture start(boolean afterCrash) {
        lane.start(store.backlog(), afterCrash, null);
        loop.runTasks();
        return this;
    }

    /** Commits so many deliveries and tells the lane. */
    LaneFixture commit(int count) {
        for (int i = 0; i < count; i++) {
            store.commit(loop, lane);
        }
        loop.runTasks();
        return this;
    }

    /** Puts so many deliveries in the store that the lane will find at its start. */
    LaneFixture backlog(int count) {
        for (int i = 0; i < count; i++) {
            store.commit(loop);
        }
        return this;
    }

    void answer(long id, OutcomeKind kind) {
        partner.answer(id, kind);
        loop.runTasks();
    }

    void loseConnection() {
        partner.loseConnection();
        loop.runTasks();
    }

    void passSeconds(long seconds) {
        loop.pass(Duration.ofSeconds(seconds));
    }

    boolean skip(long id) {
        var skipped = lane.skip(id, 1_000 + id, "not wanted").toCompletableFuture();
        loop.runTasks();
        return skipped.join();
    }

    boolean isAtRest() {
        var answer = lane.isAtRest().toCompletableFuture();
        loop.runTasks();
        return answer.join();
    }
}
