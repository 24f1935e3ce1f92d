package org.khokahano.mllp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FrameBudgetTest {

    private static byte[] unfinished(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 'x');
        bytes[0] = FrameDecoder.START;
        return bytes;
    }

    @Test
    @Tag("unit")
    @DisplayName("R6 the largest of the unfinished frames has to go, and what was held is given back")
    void shouldEvictTheLargest() {
        FrameBudget budget = new FrameBudget(100_000);
        AtomicInteger evictions = new AtomicInteger();
        FrameBudget.Share large = budget.newShare(evictions::incrementAndGet);
        FrameBudget.Share small = budget.newShare(() -> {});

        assertThat(large.resize(90_000)).isTrue();
        assertThat(small.resize(20_000)).isTrue();
        assertThat(evictions).hasValue(1);
        assertThat(large.resize(95_000)).isFalse();
        assertThat(budget.heldBytes()).isEqualTo(20_000);
        assertThat(small.resize(100_001)).isFalse();
        large.release();
        small.release();
        assertThat(budget.heldBytes()).isZero();
        assertThat(large.resize(50_000)).isTrue();
    }

    @Test
    @Tag("socket")
    @DisplayName("R6 R1 at the bound over all connections hoarders are closed and an honest peer is served")
    void shouldCloseHoardersAndServeTheOthers() throws IOException {
        FrameBudget budget = new FrameBudget(1 << 20);
        try (ListenerFixture fixture =
                        new ListenerFixture(ListenerFixture.framing(4 << 20, Duration.ofMinutes(1), false), budget);
                ScriptedClient honest = fixture.connect();
                ScriptedClient first = fixture.connect();
                ScriptedClient second = fixture.connect()) {
            byte[] frame = TestMessages.framed((TestMessages.text(TestMessages.adt("A")) + "ZZZ|" + "y".repeat(50_000))
                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            honest.write(Arrays.copyOf(frame, 30_000));
            await().until(() -> budget.heldBytes() > 20_000);
            first.write(unfinished(600_000));
            await().until(() -> budget.heldBytes() > 600_000);
            second.write(unfinished(600_000));
            await().untilAsserted(() -> assertThat(fixture.store.quarantined).isNotEmpty());

            assertThat(fixture.store.quarantined)
                    .allSatisfy(kept -> assertThat(kept.reason()).isEqualTo("frameBudget"));
            assertThat(fixture.events.warned).contains("frameBudget");
            honest.write(Arrays.copyOfRange(frame, 30_000, frame.length));
            assertThat(honest.readAnswer()).contains("MSA|AA|A");
            assertThat(budget.heldBytes()).isLessThanOrEqualTo(1 << 20);
            first.close();
            second.close();
            await().untilAsserted(() -> assertThat(budget.heldBytes()).isZero());
        }
    }
}
