package org.khokahano.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.khokahano.send.OutcomeKind;
import org.khokahano.store.DeliveryState;

@Tag("unit")
class LaneRetryTest {

    @Test
    @DisplayName("R28 waits grow by the factor up to the longest, and begin anew after a success")
    void shouldBackOffUpToTheLongestWait() {
        LaneFixture f = LaneFixture.window(1).start(false).commit(2);
        int sends = 1;
        for (long wait : new long[] {1, 2, 4, 8, 8, 8}) {
            f.answer(1, OutcomeKind.REFUSED);
            f.loop.pass(Duration.ofSeconds(wait).minusMillis(1));
            assertThat(f.partner.sent()).hasSize(sends);
            f.loop.pass(Duration.ofMillis(1));
            assertThat(f.partner.sent()).hasSize(++sends);
        }
        f.answer(1, OutcomeKind.AA);
        f.answer(2, OutcomeKind.REFUSED);
        f.passSeconds(1);
        assertThat(f.partner.outstanding()).containsExactly(2L);
    }

    @Test
    @DisplayName("R28 a lane that waits tells when it tries again, and one that does not tells nothing")
    void shouldTellWhenItTriesAgain() {
        LaneFixture f = LaneFixture.window(1).start(false).commit(1);
        assertThat(f.lane.nextTryMillis()).isZero();
        f.answer(1, OutcomeKind.REFUSED);
        assertThat(f.lane.nextTryMillis()).isEqualTo(f.loop.wallMillis() + 1_000);
        f.passSeconds(1);
        assertThat(f.lane.nextTryMillis()).isZero();
        f.answer(1, OutcomeKind.REFUSED);
        assertThat(f.lane.nextTryMillis()).isEqualTo(f.loop.wallMillis() + 2_000);
        f.lane.pause("upgrade");
        f.loop.pass(Duration.ZERO);
        assertThat(f.lane.nextTryMillis()).isZero();
    }

    @Test
    @DisplayName("RetryPolicy: the jitter spreads the wait and never goes past the longest")
    void shouldKeepTheJitterInItsBounds() {
        RetryPolicy policy = new RetryPolicy(Duration.ofSeconds(10), Duration.ofMinutes(1), 2, 0.2);
        assertThat(policy.waitAfter(1, 0)).isEqualTo(Duration.ofSeconds(8));
        assertThat(policy.waitAfter(1, 0.5)).isEqualTo(Duration.ofSeconds(10));
        assertThat(policy.waitAfter(1, 0.999_999)).isLessThan(Duration.ofSeconds(12));
        assertThat(policy.waitAfter(2, 0.5)).isEqualTo(Duration.ofSeconds(20));
        for (int failures = 1; failures < 5_000; failures++) {
            assertThat(policy.waitAfter(failures, 0.999_999)).isLessThanOrEqualTo(Duration.ofMinutes(1));
            assertThat(policy.waitAfter(failures, 0)).isGreaterThanOrEqualTo(Duration.ofSeconds(8));
        }
    }

    @Test
    @DisplayName("RetryPolicy: what makes no sense is refused")
    void shouldRefuseAPolicyThatMakesNoSense() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new RetryPolicy(Duration.ZERO, second, 2, 0)).hasMessageContaining("0 < first");
        assertThatThrownBy(() -> new RetryPolicy(second, Duration.ofMillis(1), 2, 0))
                .hasMessageContaining("first <= max");
        assertThatThrownBy(() -> new RetryPolicy(second, second, 0.5, 0)).hasMessageContaining("factor >= 1");
        assertThatThrownBy(() -> new RetryPolicy(second, second, 1, 1.5)).hasMessageContaining("jitter <= 1");
    }

    @Test
    @DisplayName("R28 F12 AE is given up after three tries, and the next is served")
    void shouldGiveUpAfterThreeContentErrors() {
        LaneFixture f = LaneFixture.window(1).start(false).commit(2);
        f.answer(1, OutcomeKind.AE);
        f.passSeconds(1);
        f.answer(1, OutcomeKind.AE);
        f.passSeconds(2);
        f.answer(1, OutcomeKind.AE);
        assertThat(f.store.statesOf(1))
                .containsExactly(DeliveryState.QUEUED, DeliveryState.QUEUED, DeliveryState.DEAD_LETTER);
        assertThat(f.partner.outstanding()).containsExactly(2L);
        assertThat(f.lane.depth()).isEqualTo(1);
    }

    @Test
    @DisplayName("R28 F9 hours of an unreachable partner cost a message none of its tries")
    void shouldCountOnlyTriesThatEndedInTheSameWay() {
        LaneFixture f = LaneFixture.window(1).start(false).commit(1);
        for (int i = 0; i < 20; i++) {
            f.answer(1, OutcomeKind.REFUSED);
            f.passSeconds(8);
        }
        f.answer(1, OutcomeKind.AE);
        f.passSeconds(8);
        f.answer(1, OutcomeKind.TIMEOUT);
        f.passSeconds(8);
        f.answer(1, OutcomeKind.AE);
        f.passSeconds(8);
        assertThat(f.partner.outstanding()).containsExactly(1L);
        f.answer(1, OutcomeKind.AE);
        assertThat(f.store.statesOf(1)).endsWith(DeliveryState.DEAD_LETTER);
    }

    @Test
    @DisplayName("R28 F12 AR is tried again for ever, in order")
    void shouldRetryARefusalForEver() {
        LaneFixture f = LaneFixture.window(1).start(false).commit(2);
        for (int i = 0; i < 50; i++) {
            f.answer(1, OutcomeKind.AR);
            f.passSeconds(8);
        }
        assertThat(f.partner.sent()).hasSize(51).containsOnly(1L);
        f.answer(1, OutcomeKind.AA);
        assertThat(f.partner.outstanding()).containsExactly(2L);
    }

    @ParameterizedTest
    @EnumSource(OutcomeKind.class)
    @DisplayName("R28 the default action of every outcome")
    void shouldFollowTheDefaultTable(OutcomeKind kind) {
        LaneFixture f = LaneFixture.window(1).start(false).commit(2);
        f.answer(1, kind);
        boolean done = kind == OutcomeKind.AA || kind == OutcomeKind.CA;
        boolean never = kind == OutcomeKind.UNSENDABLE;
        boolean operator = kind == OutcomeKind.SEQUENCE;
        LaneState waiting = operator ? LaneState.HELD : LaneState.RETRYING;
        DeliveryState ended = never ? DeliveryState.DEAD_LETTER : DeliveryState.DELIVERED;
        assertThat(f.lane.state()).isEqualTo(done || never ? LaneState.RUNNING : waiting);
        assertThat(f.store.statesOf(1)).containsExactly(done || never ? ended : DeliveryState.QUEUED);
        f.passSeconds(1);
        assertThat(f.partner.outstanding()).isEqualTo(operator ? List.of() : List.of(done || never ? 2L : 1L));
    }

    @ParameterizedTest
    @EnumSource(OutcomeKind.class)
    @DisplayName("R28 every outcome can have every action")
    void shouldFollowAConfiguredAction(OutcomeKind kind) {
        for (DeliveryAction action : DeliveryAction.values()) {
            AnswerTable table = AnswerTable.defaults().with(kind, AnswerRule.atOnce(action));
            LaneFixture f = LaneFixture.answering(table).start(false).commit(2);
            f.answer(1, kind);
            DeliveryState state = switch (action) {
                case DONE -> DeliveryState.DELIVERED;
                case RETRY, HOLD -> DeliveryState.QUEUED;
                case DEAD_LETTER -> DeliveryState.DEAD_LETTER;
                case SKIP -> DeliveryState.SKIPPED;
            };
            assertThat(f.store.statesOf(1)).as("%s %s", kind, action).containsExactly(state);
            f.passSeconds(20);
            assertThat(f.lane.state())
                    .as("%s %s", kind, action)
                    .isEqualTo(action == DeliveryAction.HOLD ? LaneState.HELD : LaneState.RUNNING);
            if (action == DeliveryAction.HOLD) {
                assertThat(f.partner.outstanding()).isEmpty();
            } else {
                assertThat(f.partner.outstanding()).containsExactly(action == DeliveryAction.RETRY ? 1L : 2L);
            }
        }
    }

    @Test
    @DisplayName("F8 P7 no jump of the wall clock changes a wait or an order")
    void shouldIgnoreTheWallClock() {
        LaneFixture f = LaneFixture.window(1).start(false).commit(2);
        f.answer(1, OutcomeKind.REFUSED);
        f.loop.setWallMillis(0);
        f.loop.pass(Duration.ofMillis(999));
        assertThat(f.partner.sent()).hasSize(1);
        f.loop.setWallMillis(4_000_000_000_000L);
        f.loop.pass(Duration.ofMillis(1));
        assertThat(f.partner.sent()).containsExactly(1L, 1L);
        f.loop.setWallMillis(-1);
        f.answer(1, OutcomeKind.AA);
        assertThat(f.partner.outstanding()).containsExactly(2L);
    }
}
