package org.khokahano.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.khokahano.loop.EngineClock;

@Tag("unit")
class RetentionClockTest {

    private static final long NOW = Instant.parse("2026-11-22T10:00:00Z").toEpochMilli();
    private static final long FAR = Instant.parse("2099-01-01T00:00:00Z").toEpochMilli();
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long DAY = 24 * HOUR;

    private final FakeClock fake = new FakeClock();
    private final RetentionClock clock = new RetentionClock(fake);

    /** Two clocks that are moved apart. */
    private static final class FakeClock implements EngineClock {
        private long wall = NOW;
        private long monotonic = 12_345;

        void pass(long millis) {
            wall += millis;
            monotonic += TimeUnit.MILLISECONDS.toNanos(millis);
        }

        @Override
        public long wallMillis() {
            return wall;
        }

        @Override
        public long nanoTime() {
            return monotonic;
        }
    }

    @Test
    void shouldBelieveTheWallClockWhenItGoesAsTimeDoes() {
        clock.start(NOW - 3 * DAY);
        assertThat(clock.nowMillis()).isEqualTo(NOW);
        fake.pass(40 * DAY);
        assertThat(clock.nowMillis()).isEqualTo(NOW + 40 * DAY);
    }

    @Test
    @DisplayName("P7 a machine that comes up in 2099 ages nothing by more than it runs")
    void shouldGoOnAtThePaceOfMonotonicTimeWhenTheClockComesUpFarAhead() {
        fake.wall = FAR;
        clock.start(NOW);
        assertThat(clock.nowMillis()).isEqualTo(NOW);
        fake.pass(HOUR);
        assertThat(clock.nowMillis()).isEqualTo(NOW + HOUR);
        assertThat(clock.trustedMillis()).isEqualTo(NOW + HOUR);

        RetentionClock next = new RetentionClock(fake);
        next.start(clock.trustedMillis());
        assertThat(next.nowMillis()).isEqualTo(NOW + HOUR);
    }

    @Test
    @DisplayName("P7 a clock that jumps ahead while the engine runs is not believed until it comes back")
    void shouldNotBelieveAJumpWhileItRuns() {
        clock.start(NOW);
        fake.wall = FAR;
        fake.monotonic += TimeUnit.MILLISECONDS.toNanos(HOUR);
        assertThat(clock.nowMillis()).isEqualTo(NOW + HOUR);
        fake.wall = NOW + 2 * HOUR;
        fake.monotonic += TimeUnit.MILLISECONDS.toNanos(HOUR);
        assertThat(clock.nowMillis()).isEqualTo(NOW + 2 * HOUR);
    }

    @Test
    @DisplayName("P7 a clock at 1970 removes nothing, and what was believed before stays known")
    void shouldNotGoBackWhenTheClockComesUpIn1970() {
        fake.wall = 0;
        clock.start(NOW);
        assertThat(clock.nowMillis()).isZero();
        fake.pass(DAY);
        assertThat(clock.nowMillis()).isEqualTo(DAY);
        assertThat(clock.trustedMillis()).isGreaterThanOrEqualTo(NOW);
        fake.wall = NOW + 2 * DAY;
        assertThat(clock.nowMillis()).isLessThanOrEqualTo(NOW + 2 * DAY);
    }

    @Test
    void shouldBelieveTheClockWhenTheEngineWasOffForWeeks() {
        clock.start(NOW - 29 * DAY);
        assertThat(clock.nowMillis()).isEqualTo(NOW);
    }
}
