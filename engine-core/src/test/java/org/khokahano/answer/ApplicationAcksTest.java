package org.khokahano.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.khokahano.event.EngineEvents;
import org.khokahano.lane.FakeLoop;
import org.khokahano.send.ApplicationAnswers.Arrival;
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

    @ParameterizedTest
    @CsvSource({"true, 249, 1", "false, 4249, 1"})
    @DisplayName("R22 R32 What nobody waits for is looked for again as long as it may have overtaken something")
    void shouldLookAgainAsLongAsItMayHaveOvertaken(boolean onOwnConnection, int before, int after) {
        expectWithinAMinute();
        List<Arrival> told = new ArrayList<>();
        byte[] answer = "MSH|^~\\&|LIS|NRL|||1||ACK|X1|P|2.5\rMSA|AA|NEVER\r".getBytes(StandardCharsets.US_ASCII);
        acks.arrived(answer, onOwnConnection ? "lis" : null, loop, told::add);

        loop.pass(Duration.ofMillis(before));
        assertThat(told).isEmpty();
        loop.pass(Duration.ofMillis(after));
        assertThat(told).containsExactly(Arrival.UNSOLICITED);
    }

    private void expectWithinAMinute() {
        acks.expect("lis", new AwaitSettings("AL", Duration.ofMinutes(1), Map.of()));
        loop.pass(Duration.ofSeconds(1));
    }
}
