package org.khokahano.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.khokahano.bench.load.ScriptedRelay.Fault;
import org.khokahano.bench.peer.CopyRelay;

/** A harness that cannot see a fault proves nothing, so each fault is made here on purpose. */
@Tag("socket")
@Timeout(30)
class LoadHarnessTest {
    private static final long SEED = 7;
    private static final Duration SHORT = Duration.ofMillis(400);
    /** A connection alone comes back to the same patient after so many messages. */
    private static final int PATIENTS = 1_000;

    @Test
    void shouldFindNoFaultWhenARelayOnlyCopies() throws IOException {
        try (LoadHarness harness = new LoadHarness(1, 4, SEED);
                CopyRelay relay = new CopyRelay(0, harness.openSink(0))) {
            harness.connect(relay.port(), 4, Duration.ofSeconds(5));

            PhaseResult first = harness.run(phase(1_500), (accepted, delivered) -> {});
            PhaseResult second = harness.run(phase(500), (accepted, delivered) -> {});

            assertThat(first.sent()).isEqualTo(1_500);
            assertThat(first.acknowledged()).isEqualTo(Map.of("AA", 1_500L));
            assertThat(second.sent()).isEqualTo(500);
            assertThat(second.accepted()).isEqualTo(500);
            assertThat(second.delivered()).isEqualTo(500);
            assertThat(second.ackNanos().getTotalCount()).isEqualTo(500);
            assertThat(second.endToEndNanos().getTotalCount()).isEqualTo(500);
            // The answer comes from the sink, so no arrival can be later than its answer.
            assertThat(second.endToEndNanos().getMaxValue())
                    .isLessThanOrEqualTo(second.ackNanos().getMaxValue());
            assertNoFault(first);
            assertNoFault(second);
        }
    }

    @Test
    void shouldFindNoFaultWhenARelayStoresAndForwards() throws IOException {
        PhaseResult result = run(phase(200), Map.of());
        assertThat(result.delivered()).isEqualTo(200);
        assertNoFault(result);
    }

    @Test
    void shouldCountAMessageAsLostWhenItIsAcknowledgedButNeverArrives() throws IOException {
        PhaseResult result = run(phase(50), Map.of(3, Fault.LOSE, 20, Fault.LOSE));
        assertThat(result.lost()).isEqualTo(2);
        assertThat(result.accepted()).isEqualTo(50);
        assertThat(result.delivered()).isEqualTo(48);
        assertThat(result.duplicated()).isZero();
    }

    @Test
    void shouldCountADuplicateWhenAMessageArrivesTwice() throws IOException {
        PhaseResult result = run(phase(50), Map.of(3, Fault.DUPLICATE, 49, Fault.DUPLICATE));
        assertThat(result.duplicated()).isEqualTo(2);
        assertThat(result.delivered()).isEqualTo(50);
        assertThat(result.lost()).isZero();
        assertThat(result.misordered()).isZero();
    }

    @Test
    void shouldCountMisorderOverallOnlyWhenNeighboursOfDifferentPatientsAreSwapped() throws IOException {
        PhaseResult result = run(phase(50), Map.of(10, Fault.HOLD, 11, Fault.RELEASE));
        assertThat(result.misorderedOverall()).isEqualTo(1);
        assertThat(result.misordered()).isZero();
        assertThat(result.lost()).isZero();
    }

    @Test
    void shouldCountMisorderWhenAMessageArrivesAfterALaterOneOfTheSamePatient() throws IOException {
        PhaseResult result = run(phase(PATIENTS + 50), Map.of(10, Fault.HOLD, 10 + PATIENTS, Fault.RELEASE));
        assertThat(result.misordered()).isEqualTo(1);
        assertThat(result.misorderedOverall()).isEqualTo(1);
        assertThat(result.lost()).isZero();
    }

    @Test
    void shouldCountAlteredAndForeignWhenContentOrControlIdIsChanged() throws IOException {
        PhaseResult result = run(phase(20), Map.of(5, Fault.ALTER, 6, Fault.RENAME));
        assertThat(result.altered()).isEqualTo(1);
        assertThat(result.foreign()).isEqualTo(1);
        assertThat(result.lost()).isEqualTo(1);
    }

    @Test
    void shouldNotCountARejectedMessageAsAcceptedOrLost() throws IOException {
        PhaseResult result = run(phase(20), Map.of(5, Fault.REJECT));
        assertThat(result.acknowledged()).isEqualTo(Map.of("AA", 19L, "AE", 1L));
        assertThat(result.accepted()).isEqualTo(19);
        assertThat(result.lost()).isZero();
    }

    @Test
    void shouldWaitForTheRightAnswerWhenAnotherMessagesAnswerComesFirst() throws IOException {
        PhaseResult result = run(phase(20), Map.of(5, Fault.ANSWER_ANOTHER_FIRST));
        assertThat(result.wrongAnswers()).isEqualTo(1);
        assertThat(result.accepted()).isEqualTo(20);
    }

    @Test
    void shouldCountUnansweredAndReconnectWhenTheConnectionIsClosed() throws IOException {
        PhaseResult result = run(phase(20), Map.of(5, Fault.CLOSE));
        assertThat(result.unanswered()).isEqualTo(1);
        assertThat(result.sent()).isEqualTo(20);
        assertThat(result.accepted()).isEqualTo(19);
        assertThat(result.lost()).isZero();
    }

    @Test
    void shouldCountLatencyFromTheScheduleWhenAnOpenLoopPeerStalls() throws IOException {
        Duration stall = Duration.ofMillis(300);
        LoadPhase phase = new LoadPhase(200, Duration.ofSeconds(10), 200, SHORT);
        PhaseResult result = run(phase, Map.of(50, Fault.STALL), stall);
        long lateMessages = result.ackNanos()
                .getCountBetweenValues(TimeUnit.MILLISECONDS.toNanos(100), TimeUnit.SECONDS.toNanos(10));
        assertThat(result.accepted()).isEqualTo(200);
        // 200/s: some 40 messages were due in the first 200 ms of the stall; a closed loop shows one.
        assertThat(lateMessages).isBetween(30L, 160L);
        assertThat(result.acceptSeconds()).isGreaterThan(0.9);
    }

    private static LoadPhase phase(long messages) {
        return new LoadPhase(messages, Duration.ofSeconds(20), 0, SHORT);
    }

    private static PhaseResult run(LoadPhase phase, Map<Integer, Fault> script) throws IOException {
        return run(phase, script, Duration.ZERO);
    }

    private static PhaseResult run(LoadPhase phase, Map<Integer, Fault> script, Duration stall) throws IOException {
        try (LoadHarness harness = new LoadHarness(1, 1, SEED);
                ScriptedRelay relay = new ScriptedRelay(harness.openSink(0), script, stall)) {
            harness.connect(relay.port(), 1, Duration.ofSeconds(5));
            return harness.run(phase, (accepted, delivered) -> {});
        }
    }

    private static void assertNoFault(PhaseResult result) {
        assertThat(result.lost()).isZero();
        assertThat(result.duplicated()).isZero();
        assertThat(result.misordered()).isZero();
        assertThat(result.misorderedOverall()).isZero();
        assertThat(result.altered()).isZero();
        assertThat(result.foreign()).isZero();
        assertThat(result.wrongAnswers()).isZero();
        assertThat(result.unanswered()).isZero();
        assertThat(result.stalled()).isFalse();
    }
}
