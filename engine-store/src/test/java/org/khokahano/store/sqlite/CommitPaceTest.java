package org.khokahano.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
final class CommitPaceTest {

    private static final long MICRO = TimeUnit.MICROSECONDS.toNanos(1);

    private final CommitPace pace = new CommitPace();
    private final long began = System.nanoTime() + TimeUnit.HOURS.toNanos(1);

    @Test
    @DisplayName("a message of a sender that is alone never waits for company")
    void shouldNotWaitForALoneSender() {
        pace.committed(1, 0, 0, began, began + 400 * MICRO);
        assertThat(pace.waitNanos(began + 400 * MICRO)).isNotPositive();
    }

    @Test
    @DisplayName("those whom the last commit answered are waited for, and those who came meanwhile")
    void shouldWaitForThoseWhoWereAnswered() {
        pace.committed(4, 0, 3, began, began + 400 * MICRO);
        assertThat(pace.wanted()).isEqualTo(7);
        assertThat(pace.waitNanos(began + 400 * MICRO)).as("half of a commit").isEqualTo(200 * MICRO);
        assertThat(pace.waitNanos(began + 600 * MICRO)).isNotPositive();
        pace.committed(2, 0, 0, began + 600 * MICRO, began + 900 * MICRO);
        assertThat(pace.wanted()).as("fewer came").isEqualTo(2);
    }

    @Test
    @DisplayName("a slow disk does not make anybody wait longer than the bound")
    void shouldBoundTheWait() {
        long ended = began + 400_000 * MICRO;
        pace.committed(4, 0, 3, began, ended);
        assertThat(pace.waitNanos(ended)).isEqualTo(300 * MICRO);
    }

    @Test
    @DisplayName("commits close to each other share their marks, many marks go with any")
    void shouldNotTakeMarksWithEveryCommit() {
        assertThat(pace.takesMarks(1, began)).isTrue();
        pace.committed(1, 1, 0, began, began + 400 * MICRO);
        pace.committed(1, 0, 0, began + 500 * MICRO, began + 900 * MICRO);
        assertThat(pace.takesMarks(100, began + 1_000 * MICRO)).isFalse();
        assertThat(pace.takesMarks(512, began + 1_000 * MICRO)).isTrue();
        assertThat(pace.takesMarks(1, began + 1_900 * MICRO)).isTrue();
    }
}
