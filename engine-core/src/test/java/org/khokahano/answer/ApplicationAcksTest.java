package org.khokahano.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.khokahano.event.EngineEvents;
import org.khokahano.lane.FakeLoop;
import org.khokahano.store.RecordingStore;

@Tag("unit")
class ApplicationAcksTest {

    private final FakeLoop loop = new FakeLoop();
    private final RecordingStore store = new RecordingStore();
    private final ApplicationAcks acks = new ApplicationAcks(store, loop, new EngineEvents() {}, loop);

    @Test
    @DisplayName("R21 All that have waited too long are given up, however few of them a commit ends")
    void shouldGiveUpAllThatWaitedTooLong() {
        expectWithinAMinute();
        for (int n = 0; n < 7; n++) {
            store.await("lis");
        }

        loop.pass(Duration.ofSeconds(59));
        assertThat(acks.waiting("lis")).isEqualTo(7);
        loop.pass(Duration.ofSeconds(8));
        assertThat(acks.waiting("lis")).isZero();
    }

    @Test
    @DisplayName("R21 What could not be given up while the store took nothing is given up later")
    void shouldGiveUpWhatTheStoreRefusedToGiveUp() {
        expectWithinAMinute();
        store.await("lis");
        loop.pass(Duration.ofSeconds(50));

        store.refuse("the disk is full");
        loop.pass(Duration.ofMinutes(1));
        assertThat(acks.waiting("lis")).isOne();
        store.refuse(null);
        loop.pass(Duration.ofSeconds(2));
        assertThat(acks.waiting("lis")).isZero();
    }

    private void expectWithinAMinute() {
        acks.expect("lis", new AwaitSettings("AL", Duration.ofMinutes(1), Map.of()));
        loop.pass(Duration.ofSeconds(1));
    }
}
